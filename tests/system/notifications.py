"""A notification service that answers, or that never does. Prints what it is asked to show."""
import sys

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

MODE = sys.argv[1]
NAME = "org.freedesktop.Notifications"
DBusGMainLoop(set_as_default=True)


class Service(dbus.service.Object):
    def __init__(self):
        self.last = 0
        name = dbus.service.BusName(NAME, dbus.SessionBus(), do_not_queue=True)
        super().__init__(name, "/org/freedesktop/Notifications")

    @dbus.service.method(NAME, in_signature="susssasa{sv}i", out_signature="u", async_callbacks=("answer", "fail"))
    def Notify(self, app, replaces, icon, title, text, actions, hints, stays, answer, fail):
        print(f"{app}|{int(replaces)}|{title}|{text}|{' '.join(actions)}", flush=True)
        if MODE == "hang":
            return
        self.last += 1
        number = int(replaces) or self.last
        answer(number)
        if MODE == "later" and actions:
            GLib.timeout_add(200, lambda: self.ActionInvoked(number, "later"))

    @dbus.service.method(NAME, out_signature="as")
    def GetCapabilities(self):
        return ["body", "actions"]

    @dbus.service.method(NAME, out_signature="ssss")
    def GetServerInformation(self):
        return ("stub", "test", "1", "1.2")

    @dbus.service.method(NAME, in_signature="u")
    def CloseNotification(self, number):
        pass

    @dbus.service.signal(NAME, signature="us")
    def ActionInvoked(self, number, action):
        pass


Service()
print("ready", flush=True)
GLib.MainLoop().run()

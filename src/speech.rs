//! What a voice says in a session, in the program's language: our own few words from a table, the
//! therapist's as they stand. Knows nothing of when it is said or what says it.

use std::time::Duration;

use crate::preferences::Voice;
use crate::program::{Exercise, PainMoment, RepStyle, Side, TestKind, Work};
use crate::timeline::{PlannedSet, Rep, SessionMode, Step, StepKind, TempoPhase, Timeline};

/// Our own words in one language. `{}` stands for what is put in.
#[derive(Debug, Clone, Copy)]
struct Phrases {
    /// The language's primary subtag.
    language: &'static str,
    hold: &'static str,
    go: &'static str,
    lower: &'static str,
    lift: &'static str,
    release: &'static str,
    switch: &'static str,
    left: &'static str,
    right: &'static str,
    left_side: &'static str,
    right_side: &'static str,
    in_turn: &'static str,
    rest: &'static str,
    next: &'static str,
    half_way: &'static str,
    exercise_done: &'static str,
    session_done: &'static str,
    /// One and more.
    seconds: [&'static str; 2],
    minutes: [&'static str; 2],
    repetitions: [&'static str; 2],
    /// More than one.
    sets: &'static str,
    sets_each_side: &'static str,
    /// Its number, and how many there are.
    set_of: [&'static str; 2],
    hold_for: &'static str,
    hold_each: &'static str,
    as_long: &'static str,
    as_many: &'static str,
    own_pace: &'static str,
    any_key: &'static str,
    needed: &'static str,
    pain_before: &'static str,
    pain_each: &'static str,
    pain_after: &'static str,
    pain_morning: &'static str,
    paused: &'static str,
    stop: &'static str,
    trial: &'static str,
}

/// The languages that have words of ours.
const PHRASES: [Phrases; 7] = [
    Phrases {
        language: "en",
        hold: "Hold",
        go: "Go",
        lower: "lower",
        lift: "lift",
        release: "Release",
        switch: "Switch",
        left: "left",
        right: "right",
        left_side: "Left side",
        right_side: "Right side",
        in_turn: "Left and right in turn",
        rest: "Rest",
        next: "Next",
        half_way: "Half way",
        exercise_done: "Done",
        session_done: "The session is done",
        seconds: ["{} second", "{} seconds"],
        minutes: ["{} minute", "{} minutes"],
        repetitions: ["{} repetition", "{} repetitions"],
        sets: "{} sets",
        sets_each_side: "{} sets on each side",
        set_of: ["Set {}", "of {}"],
        hold_for: "Hold for {}",
        hold_each: "hold each for {}",
        as_long: "As long as you can",
        as_many: "As many as you can",
        own_pace: "At your own pace",
        any_key: "Press any key when you stop",
        needed: "You need {}",
        pain_before: "How much pain do you have now, from 0 to 10?",
        pain_each: "How much pain did you have in {}, from 0 to 10?",
        pain_after: "How much pain do you have now, after the session, from 0 to 10?",
        pain_morning: "How much pain did you have the next morning, from 0 to 10?",
        paused: "Paused",
        stop: "Stop",
        trial: "This is how the voice sounds. Left side. Hold for 30 seconds.",
    },
    Phrases {
        language: "de",
        hold: "Halten",
        go: "Los",
        lower: "senken",
        lift: "heben",
        release: "Lösen",
        switch: "Wechseln",
        left: "links",
        right: "rechts",
        left_side: "Linke Seite",
        right_side: "Rechte Seite",
        in_turn: "Links und rechts im Wechsel",
        rest: "Pause",
        next: "Als Nächstes",
        half_way: "Halbzeit",
        exercise_done: "Geschafft",
        session_done: "Die Einheit ist zu Ende",
        seconds: ["{} Sekunde", "{} Sekunden"],
        minutes: ["{} Minute", "{} Minuten"],
        repetitions: ["{} Wiederholung", "{} Wiederholungen"],
        sets: "{} Sätze",
        sets_each_side: "{} Sätze auf jeder Seite",
        set_of: ["Satz {}", "von {}"],
        hold_for: "{} halten",
        hold_each: "jeweils {} halten",
        as_long: "So lange Sie können",
        as_many: "So viele Sie können",
        own_pace: "In Ihrem Tempo",
        any_key: "Drücken Sie eine beliebige Taste, wenn Sie aufhören",
        needed: "Sie brauchen: {}",
        pain_before: "Wie stark sind Ihre Schmerzen jetzt, von 0 bis 10?",
        pain_each: "Wie stark waren Ihre Schmerzen bei {}, von 0 bis 10?",
        pain_after: "Wie stark sind Ihre Schmerzen jetzt, nach der Einheit, von 0 bis 10?",
        pain_morning: "Wie stark waren Ihre Schmerzen am nächsten Morgen, von 0 bis 10?",
        paused: "Angehalten",
        stop: "Stopp",
        trial: "So klingt die Stimme. Linke Seite. 30 Sekunden halten.",
    },
    Phrases {
        language: "fr",
        hold: "Tenez",
        go: "Allez-y",
        lower: "descendez",
        lift: "montez",
        release: "Relâchez",
        switch: "Changez de côté",
        left: "gauche",
        right: "droite",
        left_side: "Côté gauche",
        right_side: "Côté droit",
        in_turn: "Gauche et droite en alternance",
        rest: "Repos",
        next: "Ensuite",
        half_way: "À la moitié",
        exercise_done: "Terminé",
        session_done: "La séance est terminée",
        seconds: ["{} seconde", "{} secondes"],
        minutes: ["{} minute", "{} minutes"],
        repetitions: ["{} répétition", "{} répétitions"],
        sets: "{} séries",
        sets_each_side: "{} séries de chaque côté",
        set_of: ["Série {}", "sur {}"],
        hold_for: "Tenez {}",
        hold_each: "tenez chacune {}",
        as_long: "Aussi longtemps que possible",
        as_many: "Autant que possible",
        own_pace: "À votre rythme",
        any_key: "Appuyez sur une touche quand vous arrêtez",
        needed: "Il vous faut : {}",
        pain_before: "Quelle est votre douleur maintenant, de 0 à 10 ?",
        pain_each: "Quelle a été votre douleur pendant {}, de 0 à 10 ?",
        pain_after: "Quelle est votre douleur maintenant, après la séance, de 0 à 10 ?",
        pain_morning: "Quelle a été votre douleur le lendemain matin, de 0 à 10 ?",
        paused: "En pause",
        stop: "Stop",
        trial: "Voici la voix. Côté gauche. Tenez 30 secondes.",
    },
    Phrases {
        language: "es",
        hold: "Mantenga",
        go: "Adelante",
        lower: "baje",
        lift: "suba",
        release: "Suelte",
        switch: "Cambie de lado",
        left: "izquierda",
        right: "derecha",
        left_side: "Lado izquierdo",
        right_side: "Lado derecho",
        in_turn: "Izquierda y derecha, alternando",
        rest: "Descanso",
        next: "A continuación",
        half_way: "A la mitad",
        exercise_done: "Hecho",
        session_done: "La sesión ha terminado",
        seconds: ["{} segundo", "{} segundos"],
        minutes: ["{} minuto", "{} minutos"],
        repetitions: ["{} repetición", "{} repeticiones"],
        sets: "{} series",
        sets_each_side: "{} series en cada lado",
        set_of: ["Serie {}", "de {}"],
        hold_for: "Mantenga {}",
        hold_each: "mantenga cada una {}",
        as_long: "Tanto tiempo como pueda",
        as_many: "Tantas como pueda",
        own_pace: "A su ritmo",
        any_key: "Pulse cualquier tecla cuando pare",
        needed: "Necesita: {}",
        pain_before: "¿Cuánto dolor tiene ahora, de 0 a 10?",
        pain_each: "¿Cuánto dolor ha tenido en {}, de 0 a 10?",
        pain_after: "¿Cuánto dolor tiene ahora, después de la sesión, de 0 a 10?",
        pain_morning: "¿Cuánto dolor tuvo a la mañana siguiente, de 0 a 10?",
        paused: "En pausa",
        stop: "Pare",
        trial: "Así suena la voz. Lado izquierdo. Mantenga 30 segundos.",
    },
    Phrases {
        language: "it",
        hold: "Mantenga",
        go: "Via",
        lower: "abbassi",
        lift: "sollevi",
        release: "Rilasci",
        switch: "Cambi lato",
        left: "sinistra",
        right: "destra",
        left_side: "Lato sinistro",
        right_side: "Lato destro",
        in_turn: "Sinistra e destra, alternando",
        rest: "Riposo",
        next: "Poi",
        half_way: "A metà",
        exercise_done: "Fatto",
        session_done: "La seduta è finita",
        seconds: ["{} secondo", "{} secondi"],
        minutes: ["{} minuto", "{} minuti"],
        repetitions: ["{} ripetizione", "{} ripetizioni"],
        sets: "{} serie",
        sets_each_side: "{} serie per lato",
        set_of: ["Serie {}", "di {}"],
        hold_for: "Mantenga {}",
        hold_each: "mantenga ognuna {}",
        as_long: "Il più a lungo possibile",
        as_many: "Quante ne può fare",
        own_pace: "Al suo ritmo",
        any_key: "Prema un tasto qualsiasi quando smette",
        needed: "Occorrente: {}",
        pain_before: "Quanto dolore ha adesso, da 0 a 10?",
        pain_each: "Quanto dolore ha avuto in {}, da 0 a 10?",
        pain_after: "Quanto dolore ha adesso, dopo la seduta, da 0 a 10?",
        pain_morning: "Quanto dolore ha avuto la mattina dopo, da 0 a 10?",
        paused: "In pausa",
        stop: "Stop",
        trial: "Ecco la voce. Lato sinistro. Mantenga 30 secondi.",
    },
    Phrases {
        language: "nl",
        hold: "Vasthouden",
        go: "Begin",
        lower: "omlaag",
        lift: "omhoog",
        release: "Loslaten",
        switch: "Wisselen",
        left: "links",
        right: "rechts",
        left_side: "Linkerkant",
        right_side: "Rechterkant",
        in_turn: "Links en rechts om de beurt",
        rest: "Rust",
        next: "Daarna",
        half_way: "Halverwege",
        exercise_done: "Klaar",
        session_done: "De sessie is klaar",
        seconds: ["{} seconde", "{} seconden"],
        minutes: ["{} minuut", "{} minuten"],
        repetitions: ["{} herhaling", "{} herhalingen"],
        sets: "{} sets",
        sets_each_side: "{} sets aan elke kant",
        set_of: ["Set {}", "van {}"],
        hold_for: "{} vasthouden",
        hold_each: "elk {} vasthouden",
        as_long: "Zo lang als u kunt",
        as_many: "Zoveel als u kunt",
        own_pace: "In uw eigen tempo",
        any_key: "Druk op een toets als u stopt",
        needed: "U hebt nodig: {}",
        pain_before: "Hoeveel pijn hebt u nu, van 0 tot 10?",
        pain_each: "Hoeveel pijn had u bij {}, van 0 tot 10?",
        pain_after: "Hoeveel pijn hebt u nu, na de sessie, van 0 tot 10?",
        pain_morning: "Hoeveel pijn had u de volgende ochtend, van 0 tot 10?",
        paused: "Gepauzeerd",
        stop: "Stop",
        trial: "Zo klinkt de stem. Linkerkant. 30 seconden vasthouden.",
    },
    Phrases {
        language: "pt",
        hold: "Mantenha",
        go: "Vá",
        lower: "desça",
        lift: "suba",
        release: "Solte",
        switch: "Troque de lado",
        left: "esquerda",
        right: "direita",
        left_side: "Lado esquerdo",
        right_side: "Lado direito",
        in_turn: "Esquerda e direita, alternando",
        rest: "Descanso",
        next: "A seguir",
        half_way: "A meio",
        exercise_done: "Feito",
        session_done: "A sessão terminou",
        seconds: ["{} segundo", "{} segundos"],
        minutes: ["{} minuto", "{} minutos"],
        repetitions: ["{} repetição", "{} repetições"],
        sets: "{} séries",
        sets_each_side: "{} séries de cada lado",
        set_of: ["Série {}", "de {}"],
        hold_for: "Mantenha {}",
        hold_each: "mantenha cada uma {}",
        as_long: "O máximo de tempo que conseguir",
        as_many: "Quantas conseguir",
        own_pace: "Ao seu ritmo",
        any_key: "Carregue em qualquer tecla quando parar",
        needed: "Precisa de: {}",
        pain_before: "Quanta dor tem agora, de 0 a 10?",
        pain_each: "Quanta dor teve em {}, de 0 a 10?",
        pain_after: "Quanta dor tem agora, depois da sessão, de 0 a 10?",
        pain_morning: "Quanta dor teve na manhã seguinte, de 0 a 10?",
        paused: "Em pausa",
        stop: "Pare",
        trial: "Esta é a voz. Lado esquerdo. Mantenha 30 segundos.",
    },
];

/// Pauses shorter than this leave no time for more than what to do now.
const TIME_TO_TELL: Duration = Duration::from_secs(6);
/// Repetitions shorter than this leave no time for a cue beside their number.
const TIME_TO_CUE: Duration = Duration::from_secs(3);

/// The languages with words of ours, by their primary subtags.
pub fn languages() -> impl Iterator<Item = &'static str> {
    PHRASES.iter().map(|phrases| phrases.language)
}

/// The primary subtag of a language tag, in lower case: `de` of `de-AT`.
pub fn primary(language: &str) -> String {
    language
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_lowercase()
}

/// Finds the words for a session.
#[derive(Debug, Clone, Copy)]
pub struct Speaker {
    phrases: Option<&'static Phrases>,
    voice: Voice,
}

/// Sentences joined, the empty ones left out.
fn sentences(parts: impl IntoIterator<Item = String>) -> String {
    let mut text = String::new();
    for part in parts {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(part);
        if !part.ends_with(['.', '!', '?', ':']) {
            text.push('.');
        }
    }
    text
}

impl Speaker {
    /// In a language, by its tag, saying so much. Of a language without words of ours only the
    /// therapist's own texts and numbers are said.
    pub fn new(language: &str, voice: Voice) -> Self {
        let primary = primary(language);
        Self {
            phrases: PHRASES.iter().find(|phrases| phrases.language == primary),
            voice,
        }
    }

    /// Whether there are words of ours in this language.
    pub fn has_words(&self) -> bool {
        self.phrases.is_some()
    }

    fn word(&self, pick: impl FnOnce(&Phrases) -> &'static str) -> String {
        self.phrases.map(pick).unwrap_or_default().to_owned()
    }

    fn with(&self, pick: impl FnOnce(&Phrases) -> &'static str, what: &str) -> String {
        self.word(pick).replace("{}", what)
    }

    fn full(&self) -> bool {
        self.voice == Voice::Full
    }

    /// What is said in any case, unless the voice is off.
    fn always(&self, text: String) -> String {
        if self.voice == Voice::Off {
            String::new()
        } else {
            text
        }
    }

    fn count(&self, number: u64, pick: impl FnOnce(&Phrases) -> [&'static str; 2]) -> String {
        let [one, more] = self.phrases.map(pick).unwrap_or_default();
        if number == 1 { one } else { more }.replace("{}", &number.to_string())
    }

    /// A length in words: "1 minute 30 seconds".
    fn length(&self, length: Duration) -> String {
        let (minutes, seconds) = (length.as_secs() / 60, length.as_secs() % 60);
        let mut parts = Vec::new();
        if minutes > 0 {
            parts.push(self.count(minutes, |phrases| phrases.minutes));
        }
        if length.subsec_nanos() > 0 {
            let exact =
                Duration::from_secs(seconds) + Duration::from_nanos(length.subsec_nanos().into());
            let point = if self.phrases.is_some_and(|phrases| phrases.language == "en") {
                "."
            } else {
                ","
            };
            let exact = exact.as_secs_f64().to_string().replace('.', point);
            parts.push(self.with(|phrases| phrases.seconds[1], &exact));
        } else if seconds > 0 || minutes == 0 {
            parts.push(self.count(seconds, |phrases| phrases.seconds));
        }
        parts.join(" ")
    }

    fn side(&self, side: Side) -> String {
        match side {
            Side::Both => String::new(),
            Side::Left => self.word(|phrases| phrases.left_side),
            Side::Right => self.word(|phrases| phrases.right_side),
        }
    }

    /// One set's work: "10 repetitions, hold each for 5 seconds".
    fn dose(&self, planned_set: &PlannedSet) -> String {
        let work = match planned_set.dose.work {
            Work::Hold(length) => self.with(|phrases| phrases.hold_for, &self.length(length)),
            Work::Continuous(length) => self.length(length),
            Work::Test(kind) => self.measure(kind),
            Work::Reps { count, style } => {
                let count = self.count(count.into(), |phrases| phrases.repetitions);
                match style {
                    RepStyle::Held(hold) => {
                        format!(
                            "{count}, {}",
                            self.with(|phrases| phrases.hold_each, &self.length(hold))
                        )
                    }
                    RepStyle::SelfPaced | RepStyle::Tempo(_) => count,
                }
            }
        };
        let work = if self.has_words() {
            work
        } else {
            String::new()
        };
        sentences([work, planned_set.dose.load.clone().unwrap_or_default()])
    }

    fn measure(&self, kind: TestKind) -> String {
        self.word(|phrases| match kind {
            TestKind::Hold => phrases.as_long,
            TestKind::Reps => phrases.as_many,
        })
    }

    /// How many sets an exercise has, where it has more than one.
    fn sets(&self, timeline: &Timeline, planned_set: &PlannedSet) -> String {
        if planned_set.set_count < 2 {
            return String::new();
        }
        let sides = timeline
            .sets_of(planned_set.exercise)
            .any(|(_, other)| other.dose.side != planned_set.dose.side);
        self.with(
            |phrases| {
                if sides {
                    phrases.sets_each_side
                } else {
                    phrases.sets
                }
            },
            &planned_set.set_count.to_string(),
        )
    }

    /// What the beginning of a step is announced with.
    pub fn step(
        &self,
        timeline: &Timeline,
        at: usize,
        exercise: &Exercise,
        next: Option<&Exercise>,
    ) -> String {
        let (Some(step), true) = (timeline.steps.get(at), self.voice != Voice::Off) else {
            return String::new();
        };
        let Some(planned_set) = timeline.sets.get(step.set) else {
            return String::new();
        };
        let before = at
            .checked_sub(1)
            .and_then(|before| timeline.steps.get(before));
        let length = step.length.estimate();
        let side = if in_turn(timeline, planned_set) {
            self.word(|phrases| phrases.in_turn)
        } else {
            self.side(planned_set.dose.side)
        };
        let telling = self.full() && length >= TIME_TO_TELL;
        let when =
            |full: bool, text: &dyn Fn() -> String| if full { text() } else { String::new() };
        match step.kind {
            StepKind::GetReady => {
                let announced = before
                    .is_some_and(|before| before.kind == StepKind::RestAfterExercise)
                    && self.full();
                sentences([
                    exercise.name.clone(),
                    when(telling && !announced, &|| {
                        self.whole(timeline, planned_set, exercise)
                    }),
                    side,
                ])
            }
            StepKind::SwitchSide => sentences([self.word(|phrases| phrases.switch), side]),
            StepKind::Rest => {
                let set = || {
                    let [set, of] = self
                        .phrases
                        .map(|phrases| phrases.set_of)
                        .unwrap_or_default();
                    let number = set.replace("{}", &planned_set.dose.number.to_string());
                    let next = self.word(|phrases| phrases.next);
                    let words = format!(
                        "{next}: {number} {}",
                        of.replace("{}", &planned_set.set_count.to_string())
                    );
                    let words = if self.has_words() {
                        words
                    } else {
                        String::new()
                    };
                    sentences([words, self.dose(planned_set), side.clone()])
                };
                sentences([self.rest(length), when(telling, &set)])
            }
            StepKind::RestAfterExercise => {
                let next_slot = timeline
                    .steps
                    .iter()
                    .skip(at)
                    .find(|step| step.exercise > planned_set.exercise);
                let next_slot = next_slot.and_then(|step| timeline.sets.get(step.set));
                let coming = || match (next, next_slot) {
                    (Some(next), Some(planned_set)) => {
                        let words = self.word(|phrases| phrases.next);
                        let words = if words.is_empty() {
                            words
                        } else {
                            format!("{words}:")
                        };
                        sentences([
                            words,
                            next.name.clone(),
                            self.whole(timeline, planned_set, next),
                        ])
                    }
                    _ => String::new(),
                };
                sentences([self.rest(length), when(telling, &coming)])
            }
            StepKind::Release(_) => when(self.full(), &|| self.word(|phrases| phrases.release)),
            _ => self.work(timeline, step, before, planned_set, exercise),
        }
    }

    fn rest(&self, length: Duration) -> String {
        if self.has_words() {
            format!(
                "{}, {}",
                self.word(|phrases| phrases.rest),
                self.length(length)
            )
        } else {
            String::new()
        }
    }

    /// An exercise's sets, dose and things needed.
    fn whole(&self, timeline: &Timeline, planned_set: &PlannedSet, exercise: &Exercise) -> String {
        let needed = exercise.equipment().join(", ");
        let needed = if needed.is_empty() {
            needed
        } else {
            self.with(|phrases| phrases.needed, &needed)
        };
        sentences([
            self.sets(timeline, planned_set),
            self.dose(planned_set),
            needed,
        ])
    }

    fn work(
        &self,
        timeline: &Timeline,
        step: &Step,
        before: Option<&Step>,
        planned_set: &PlannedSet,
        exercise: &Exercise,
    ) -> String {
        let hands_free = timeline.mode() == SessionMode::HandsFree;
        // Where nothing led to the exercise its name has not been said.
        let name = match before {
            Some(before) if before.exercise == step.exercise => String::new(),
            _ if self.full() => sentences([
                exercise.name.clone(),
                self.whole(timeline, planned_set, exercise),
                self.side(planned_set.dose.side),
            ]),
            _ => sentences([exercise.name.clone(), self.side(planned_set.dose.side)]),
        };
        let cues = || {
            if self.full() {
                exercise.cues().join(". ")
            } else {
                String::new()
            }
        };
        let words = match step.kind {
            StepKind::Hold(None) => sentences([self.word(|phrases| phrases.hold), cues()]),
            StepKind::Continuous => sentences([self.word(|phrases| phrases.go), cues()]),
            StepKind::Test(kind) => {
                let key = if hands_free {
                    self.word(|phrases| phrases.any_key)
                } else {
                    String::new()
                };
                sentences([self.measure(kind), key, cues()])
            }
            StepKind::SelfPacedReps(count) => {
                let pace = if self.full() {
                    self.word(|phrases| phrases.own_pace)
                } else {
                    String::new()
                };
                sentences([
                    self.count(count.into(), |phrases| phrases.repetitions),
                    pace,
                    cues(),
                ])
            }
            StepKind::Hold(Some(rep)) => {
                let head = if rep.number == 1 {
                    self.word(|phrases| phrases.hold)
                } else {
                    String::new()
                };
                self.repetition(
                    timeline,
                    rep,
                    planned_set,
                    exercise,
                    head,
                    step.length.estimate(),
                )
            }
            StepKind::Tempo {
                rep, phase: part, ..
            } => {
                let same = |kind: StepKind| matches!(kind, StepKind::Tempo { rep: other, .. } if other == rep);
                let first =
                    before.is_none_or(|before| before.set != step.set || !same(before.kind));
                let part = match part {
                    TempoPhase::Lower => self.word(|phrases| phrases.lower),
                    TempoPhase::Lift => self.word(|phrases| phrases.lift),
                    _ => String::new(),
                };
                // The first repetition is called part by part, the others are counted.
                let part = if rep.number == 1 { part } else { String::new() };
                if first {
                    let length = match planned_set.dose.work {
                        Work::Reps {
                            style: RepStyle::Tempo(tempo),
                            ..
                        } => tempo.length(),
                        _ => crate::timeline::HANDS_FREE_HALF_REP * 2,
                    };
                    self.repetition(timeline, rep, planned_set, exercise, part, length)
                } else {
                    part
                }
            }
            _ => String::new(),
        };
        sentences([name, words])
    }

    /// A repetition's number, and one of the cues with it: each is said once a set.
    fn repetition(
        &self,
        timeline: &Timeline,
        rep: Rep,
        planned_set: &PlannedSet,
        exercise: &Exercise,
        head: String,
        length: Duration,
    ) -> String {
        let side = match (in_turn(timeline, planned_set), planned_set.dose.side) {
            (true, Side::Left) => self.word(|phrases| phrases.left),
            (true, Side::Right) => self.word(|phrases| phrases.right),
            _ => String::new(),
        };
        let number = format!("{} {side}", rep.number);
        let cues = exercise.cues();
        let own = cue_range(rep, cues.len());
        let cues = if self.full() && length >= TIME_TO_CUE {
            cues.get(own).unwrap_or_default()
        } else {
            &[]
        };
        sentences([number, head].into_iter().chain(cues.iter().cloned()))
    }

    /// Half of a long step.
    pub fn half_way(&self) -> String {
        self.always(self.word(|phrases| phrases.half_way))
    }

    /// Five seconds left.
    pub fn five_left(&self) -> String {
        if self.full() {
            self.count(5, |phrases| phrases.seconds)
        } else {
            String::new()
        }
    }

    /// An exercise is behind.
    pub fn exercise_done(&self) -> String {
        if self.full() {
            sentences([self.word(|phrases| phrases.exercise_done)])
        } else {
            String::new()
        }
    }

    /// The session is behind.
    pub fn session_done(&self) -> String {
        self.always(sentences([self.word(|phrases| phrases.session_done)]))
    }

    /// The session stands still.
    pub fn paused(&self) -> String {
        self.always(sentences([self.word(|phrases| phrases.paused)]))
    }

    /// The therapist's words for pain that says stop.
    pub fn stop(&self, advice: &str) -> String {
        self.always(sentences([
            self.word(|phrases| phrases.stop),
            advice.to_owned(),
        ]))
    }

    /// A question about pain.
    pub fn pain(&self, moment: PainMoment, exercise: Option<&str>) -> String {
        let words = match moment {
            PainMoment::Before => self.word(|phrases| phrases.pain_before),
            PainMoment::Each => {
                self.with(|phrases| phrases.pain_each, exercise.unwrap_or_default())
            }
            PainMoment::After => self.word(|phrases| phrases.pain_after),
            PainMoment::NextMorning => self.word(|phrases| phrases.pain_morning),
        };
        self.always(words)
    }

    /// Something to try the voice with.
    pub fn trial(&self) -> String {
        self.always(self.word(|phrases| phrases.trial))
    }
}

/// Whether a set is played in turn with one of the other side, repetition by repetition.
fn in_turn(timeline: &Timeline, planned_set: &PlannedSet) -> bool {
    let lead_in = |planned_set: &PlannedSet| planned_set.steps.map(|steps| steps.lead_in);
    planned_set.dose.side != Side::Both
        && timeline.sets_of(planned_set.exercise).any(|(_, other)| {
            other.dose.side == planned_set.dose.side.other()
                && lead_in(other) == lead_in(planned_set)
        })
        && planned_set.steps.is_some()
}

/// Which of the cues belong to a repetition: one to each from the second on, what is left to the
/// last.
fn cue_range(rep: Rep, cues: usize) -> std::ops::Range<usize> {
    let number = usize::from(rep.number);
    let begin = number.saturating_sub(2).min(cues);
    let begin = if number == 1 && rep.of > 1 {
        cues
    } else {
        begin
    };
    let end = if rep.number == rep.of {
        cues
    } else {
        (begin + 1).min(cues)
    };
    begin..end.max(begin)
}

//! `regimen new`: writes a program that checks clean, from a few answers. Knows nothing of how programs are read.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::commands::{Settings, Verdict, complain, say, shown};
use crate::diagnostic::render;
use crate::folder;
use crate::program::library::{self, LibraryExercise};
use crate::program::notation::{self, read_weekday, slug};
use crate::program::parse::parse;
use crate::source::{Source, is_allowed, printable};
use crate::terminal;

/// What a new program is to hold, as far as it was said on the command line.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// The file's name, without its ending if that is left out.
    pub name: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// What it is prescribed for.
    pub condition: Option<String>,
    /// How often.
    pub frequency: Option<String>,
    /// Exercises of the library, by any of their names.
    pub exercises: Vec<String>,
    /// Who prescribes it.
    pub therapist: Option<String>,
    /// The number to call.
    pub phone: Option<String>,
    /// The id of a sample to begin with.
    pub from: Option<String>,
}

/// Writes the program, asking for what was not said where somebody is there to answer.
pub fn new(settings: &Settings, wishes: &Wishes) -> anyhow::Result<Verdict> {
    let asking = terminal::is_interactive();
    let text = match &wishes.from {
        Some(sample) => from_sample(sample, wishes)?,
        None => from_answers(wishes, asking)?,
    };
    let parsed = parse(Source::new("new.yaml", text.as_str()));
    let Some(program) = &parsed.program else {
        complain(&render::report(&parsed.source, &parsed.diagnostics, settings.colour));
        bail!("nothing was written");
    };
    let slug = slug(&program.title);
    let path = place(wishes.name.as_deref(), if slug.is_empty() { "program" } else { &slug });
    if !folder::put_new(text.as_bytes(), &path).with_context(|| format!("could not write {}", shown(&path)))? {
        bail!("{} is there already, and is left as it is; give the new file another name", shown(&path));
    }
    say(&format!(
        "Written: {0}\nOpen it in any text editor: the doses, the stop signs and the words for pain are for you to change. Then:\n  regimen check {0}      tells every mistake\n  regimen preview {0}    plays it as your patient will see it",
        shown(&path)
    ));
    Ok(Verdict::Fine)
}

/// Where the file goes: the name that was given, else one made from the title.
fn place(name: Option<&str>, slug: &str) -> PathBuf {
    let name = name.unwrap_or(slug);
    let path = Path::new(name);
    let yaml = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
    if yaml { path.to_owned() } else { PathBuf::from(format!("{name}.yaml")) }
}

/// A sample's text under a new id and title; its comments and doses stay.
fn from_sample(sample: &str, wishes: &Wishes) -> anyhow::Result<String> {
    let wanted = slug(sample);
    let Some((id, text)) = library::PROGRAM_FILES.iter().find(|(id, _)| *id == wanted) else {
        let ids: Vec<&str> = library::PROGRAM_FILES.iter().map(|(id, _)| *id).collect();
        bail!("there is no sample `{}`; there are: {}", printable(sample), ids.join(", "));
    };
    let stem =
        wishes.name.as_deref().and_then(|name| Path::new(name).file_stem()).map(|stem| slug(&stem.to_string_lossy()));
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut set = |key: &str, value: Option<String>| {
        let begin = format!("{key}: ");
        if let (Some(line), Some(value)) = (lines.iter_mut().find(|line| line.starts_with(&begin)), value) {
            *line = format!("{key}: {value}");
        }
    };
    set("id", stem.filter(|stem| !stem.is_empty()));
    set("title", wishes.title.as_deref().map(quoted));
    set("condition", wishes.condition.as_deref().map(quoted));
    if let Some(frequency) = &wishes.frequency {
        set("frequency", Some(frequency.clone()));
    }
    Ok(format!("# Begun from the sample `{id}`.\n{}\n", lines.join("\n")))
}

/// A text in double quotes.
fn always_quoted(text: &str) -> String {
    let text: String =
        text.chars().filter(|letter| is_allowed(*letter) && *letter != '\n' && *letter != '\t').collect();
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A text as YAML has it in any case: in double quotes where a plain one could be misread.
fn quoted(text: &str) -> String {
    let text: String =
        text.chars().filter(|letter| is_allowed(*letter) && *letter != '\n' && *letter != '\t').collect();
    let plain = text.chars().next().is_some_and(char::is_alphabetic)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && text.trim() == text;
    if plain { text } else { always_quoted(&text) }
}

fn is_frequency(text: &str) -> bool {
    let days = text.trim().trim_start_matches('[').trim_end_matches(']');
    notation::read_frequency(text).is_some() || days.split(',').all(|day| read_weekday(day).is_some())
}

fn from_answers(wishes: &Wishes, asking: bool) -> anyhow::Result<String> {
    let answer = |given: &Option<String>, question: &str| -> anyhow::Result<Option<String>> {
        match given {
            Some(given) => Ok(Some(given.trim().to_owned())),
            None if asking => Ok(terminal::ask_for(question)?.filter(|answer| !answer.is_empty())),
            None => Ok(None),
        }
    };
    let title = loop {
        match answer(&wishes.title, "Title of the program? ")?.or_else(|| wishes.name.as_deref().map(title_of)) {
            Some(title) if !title.trim().is_empty() => break title,
            _ if asking && wishes.title.is_none() => {}
            _ => bail!("give the program a title: regimen new --title \"Evening stretches\" --exercise glute-bridge"),
        }
    };
    let condition = answer(&wishes.condition, "What is it for (Enter leaves it out)? ")?;
    let frequency = loop {
        let frequency = answer(&wishes.frequency, "How often (3x/week, daily, mon wed fri; Enter: 3x/week)? ")?;
        let frequency = frequency.unwrap_or_else(|| "3x/week".to_owned());
        let days: Vec<&str> = frequency.split([' ', ',', '[', ']']).filter(|day| !day.is_empty()).collect();
        let frequency = if days.iter().all(|day| read_weekday(day).is_some()) {
            format!("[{}]", days.join(", "))
        } else {
            frequency
        };
        if is_frequency(&frequency) {
            break frequency;
        }
        let how = "write daily, 2x/day, 3x/week, mon wed fri, every 14 days or as needed";
        if !asking || wishes.frequency.is_some() {
            bail!("`{}` is not how often a program is done; {how}", printable(&frequency));
        }
        say(&format!("That cannot be read; {how}."));
    };
    let mut exercises: Vec<&LibraryExercise> = Vec::new();
    for wanted in &wishes.exercises {
        exercises.push(library::find(wanted).with_context(|| {
            let near = library::nearest(wanted).map(|near| format!(", did you mean `{near}`?")).unwrap_or_default();
            format!("the library has no exercise `{}`{near}", printable(wanted))
        })?);
    }
    if exercises.is_empty() && asking {
        exercises = ask_for_exercises()?;
    }
    if exercises.is_empty() {
        bail!("name at least one exercise: --exercise glute-bridge; `regimen exercises` lists them");
    }
    let mut seen = HashSet::new();
    exercises.retain(|exercise| seen.insert(exercise.id));
    let therapist = answer(&wishes.therapist, "Your name, for the handout and the stop signs (Enter leaves it out)? ")?;
    let phone = answer(&wishes.phone, "The number to call (Enter leaves it out)? ")?;
    let contact = [therapist.map(|name| ("name", name)), phone.map(|phone| ("phone", phone))];
    let contact: Vec<(&str, String)> = contact.into_iter().flatten().collect();
    let id =
        wishes.name.as_deref().and_then(|name| Path::new(name).file_stem()).map(|stem| slug(&stem.to_string_lossy()));
    let id = id.unwrap_or_else(|| slug(&title));
    Ok(text(&id, &title, condition.as_deref(), &frequency, &contact, &exercises))
}

/// "evening-stretches.yaml" as a title: "Evening stretches".
fn title_of(name: &str) -> String {
    let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy().replace(['-', '_'], " ");
    let mut letters = stem.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn ask_for_exercises() -> anyhow::Result<Vec<&'static LibraryExercise>> {
    let mut chosen: Vec<&'static LibraryExercise> = Vec::new();
    say("Exercises: type a name or a few words, such as side plank or hip stretch. Enter alone ends.");
    loop {
        let Some(words) =
            terminal::ask_for(&format!("Exercise {}? ", chosen.len() + 1))?.filter(|words| !words.is_empty())
        else {
            return Ok(chosen);
        };
        let found = match library::find(&words) {
            Some(exercise) => vec![exercise],
            None => library::search(&words),
        };
        let found = match found.as_slice() {
            [] => {
                let near = library::nearest(&words).map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
                say(&format!("Nothing is found.{near}"));
                continue;
            }
            [only] => *only,
            several => {
                for (number, exercise) in several.iter().take(9).enumerate() {
                    say(&format!("  {}  {}", number + 1, exercise.name));
                }
                let Some(answer) = terminal::ask_for("Which number (Enter: none)? ")? else { return Ok(chosen) };
                let index = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                let Some(exercise) = index.filter(|index| *index < 9).and_then(|index| several.get(index)) else {
                    continue;
                };
                exercise
            }
        };
        if chosen.iter().any(|exercise| exercise.id == found.id) {
            say(&format!("{} is there already.", found.name));
        } else {
            say(&format!("  + {}", found.name));
            chosen.push(found);
        }
    }
}

/// The file: everything a program usually has, each part with a remark on what to do with it.
fn text(
    id: &str,
    title: &str,
    condition: Option<&str>,
    frequency: &str,
    contact: &[(&str, String)],
    exercises: &[&LibraryExercise],
) -> String {
    let mut lines: Vec<String> = vec![
        "# A program for regimen. What stands behind a # is a remark that nobody sees.".into(),
        "# `regimen check` with this file tells every mistake; `regimen explain` tells what each key means.".into(),
        "format: 1".into(),
        format!("title: {}", quoted(title)),
    ];
    if !id.is_empty() {
        lines.insert(3, format!("id: {id}"));
        lines.insert(3, "# Records hang on the id: keep it when you change the title or the file's name.".into());
    }
    if let Some(condition) = condition {
        lines.push(format!("condition: {}", quoted(condition)));
    }
    lines.extend([
        "# daily, 2x/day, 3x/week, [mon, wed, fri], every 14 days, or as needed".into(),
        format!("frequency: {frequency}"),
    ]);
    if contact.is_empty() {
        lines.extend([
            "# Who you are; take the # away and fill it in. It is shown with the stop signs.".into(),
            "# therapist:".into(),
            "#   name: Your Name, DPT".into(),
            "#   phone: \"555-0100\"".into(),
        ]);
    } else {
        lines.push("therapist:".into());
        lines.extend(contact.iter().map(|(key, value)| format!("  {key}: {}", always_quoted(value))));
    }
    lines.push(
        "# Shown before the first session, and one key away all session long. Make them fit your patient.".into(),
    );
    lines.push("stop_if:".into());
    // Of the back the signs of cauda equina come first (Finucane et al., JOSPT 2020;50:350).
    let of_back = condition.is_none_or(|condition| {
        let condition = condition.to_lowercase();
        ["back", "spine", "lumbar", "disc", "sciatica"].iter().any(|word| condition.contains(word))
    });
    if of_back {
        lines.extend([
            "  - New numbness between the legs or around the bottom, or trouble with bladder or bowels - emergency care now.".into(),
            "  - New weakness in both legs - emergency care now.".into(),
            "  - Pain, tingling or numbness that shoots below the knee - stop and call me.".into(),
            "  - Back pain with fever, or after a recent fall or blow - stop and see a doctor today.".into(),
        ]);
    } else {
        lines.extend([
            "  - Chest pain, fainting or trouble breathing that rest does not ease - emergency care now.".into(),
            "  - New weakness, numbness or tingling - stop and call me.".into(),
            "  - Pain that is sharp, or grows while you exercise - stop and call me.".into(),
            "  - Swelling, heat or redness, or fever, or after a recent fall or blow - stop and see a doctor today."
                .into(),
        ]);
    }
    lines.extend([
        "# Your words for pain from 0 to 10.".into(),
        "pain:".into(),
        "  ask: [before, after]".into(),
        "  bands:".into(),
        "    - {up_to: 3, label: fine, advice: Carry on.}".into(),
        "    - {up_to: 5, label: caution, advice: Do one set fewer and tell me at the next visit.}".into(),
        "    - {up_to: 10, label: stop, advice: Stop for today and call me., stop: true}".into(),
        "# The pauses of every exercise that does not say otherwise.".into(),
        "defaults: {rest: 45 s, get_ready: 10 s, switch: 5 s, release: 2 s}".into(),
        "# The doses below are the library's, to begin with. The dose is yours: change the numbers.".into(),
        "exercises:".into(),
    ]);
    for exercise in exercises {
        lines.extend(exercise.lines().into_iter().map(|line| format!("  {line}")));
    }
    lines.join("\n") + "\n"
}

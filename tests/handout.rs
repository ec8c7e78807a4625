//! The handout: what stands on it, its boxes, and that nothing of a file gets into the page
//! unescaped.

use std::collections::BTreeMap;

use jiff::civil::date;
use regimen::handout::{self, Picture, html, text};
use regimen::program::library;

use crate::support::program;

#[test]
fn a_text_handout_says_everything_a_patient_needs() {
    let (_, source) = library::PROGRAM_FILES
        .iter()
        .find(|(id, _)| *id == "five-minutes")
        .unwrap();
    let program = program(source);
    insta::assert_snapshot!(text::page(&handout::of(
        &program,
        &BTreeMap::new(),
        date(2026, 11, 25)
    )));
}

#[test]
fn every_shipped_program_prints_each_exercise_with_its_dose_and_stop_signs() {
    for (name, source) in library::PROGRAM_FILES {
        let program = program(source);
        let handout = handout::of(&program, &BTreeMap::new(), date(2026, 11, 25));
        let (html, text) = (html::page(&handout), text::page(&handout));
        let count: usize = program
            .phases
            .iter()
            .map(|phase| phase.exercises.len())
            .sum();
        assert_eq!(
            html.matches("<section class=\"exercise\">").count(),
            count,
            "{name}"
        );
        assert_eq!(html.matches("<p class=\"dose\">").count(), count, "{name}");
        assert_eq!(html.matches("<script").count(), 1, "{name}");
        for outside in ["src=\"http", "href=", "url(", "@import", "<link"] {
            assert!(
                !html.contains(outside),
                "{name} asks the network: {outside}"
            );
        }
        assert!(
            text.lines().all(|line| line.chars().count() <= 78),
            "{name}"
        );
        let squeezed = text.split_whitespace().collect::<String>();
        for stop in &program.stop_if {
            assert!(
                squeezed.contains(&stop.split_whitespace().collect::<String>()),
                "{name}: {stop}"
            );
        }
    }
}

#[test]
fn nothing_of_a_file_gets_into_the_page_unescaped() {
    let evil = "</script><img src=x onerror=alert(1)> \\\" ' & <b>";
    let source = format!(
        "title: \"{evil}\"\nsummary: \"{evil}\"\nlanguage: \"en\\\" onload=x\"\npatient: \"{evil}\"\nfrequency: daily\ntherapist: {{name: \"{evil}\", phone: \"{evil}\"}}\ngoals: [\"{evil}\"]\nstop_if: [\"{evil}\"]\nprecautions: [\"{evil}\"]\npain: {{bands: [{{up_to: 10, label: \"{evil}\", advice: \"{evil}\"}}]}}\nphases:\n  - title: \"{evil}\"\n    exercises:\n      - {{name: \"{evil}\", instructions: \"{evil}\", cues: \"{evil}\", mistakes: \"{evil}\", easier: \"{evil}\", harder: \"{evil}\", stop_if: \"{evil}\", equipment: \"{evil}\", load: \"{evil}\", reps: 10, image: \"a.png\"}}\n"
    );
    let program = program(&source);
    let pictures = BTreeMap::from([(
        "a.png".to_owned(),
        Picture::Image("image/png", vec![0, 1, 2, 255]),
    )]);
    let page = html::page(&handout::of(&program, &pictures, date(2026, 11, 25)));
    assert_eq!(page.matches("<img").count(), 1, "only the picture");
    assert!(page.contains("src=\"data:image/png;base64,AAEC/w==\""));
    assert_eq!(page.matches("</script>").count(), 1);
    assert_eq!(page.matches("<b>").count(), page.matches("</b>").count());
    assert_eq!(
        page.lines().nth(1).unwrap(),
        "<html lang=\"en&quot; onload=x\">"
    );
    // What other programs read is still what the file says.
    let data = page
        .split("ld+json\">")
        .nth(1)
        .unwrap()
        .split("</script>")
        .next()
        .unwrap();
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    assert_eq!(data["@type"], "ExercisePlan");
    assert_eq!(data["name"], evil.replace("\\\"", "\""));
}

/// The boxes of a calendar: a text a week, a digit a day.
fn boxes(head: &str, today: jiff::civil::Date) -> Vec<String> {
    let program = program(&format!(
        "title: T\n{head}\nexercises:\n  - {{name: X, instructions: Do., reps: 10}}\n"
    ));
    let calendar = handout::of(&program, &BTreeMap::new(), today).calendar;
    calendar
        .weeks
        .iter()
        .map(|(monday, row)| format!("{monday} {}", row.map(|count| count.to_string()).concat()))
        .collect()
}

#[test]
fn the_boxes_are_those_of_the_days_up_to_the_next_visit() {
    let wednesday = date(2026, 11, 25);
    assert_eq!(
        boxes("frequency: [mon, wed, fri]\nreview: 2026-12-08", wednesday),
        [
            "2026-11-23 0010100",
            "2026-11-30 1010100",
            "2026-12-07 1000000"
        ]
    );
    assert_eq!(
        boxes("frequency: 2x/day\nreview: 2026-11-28", wednesday),
        ["2026-11-23 0022200"]
    );
    assert_eq!(
        boxes("frequency: every 3 days\nreview: 2026-12-07", wednesday),
        ["2026-11-23 0010010", "2026-11-30 0100100"]
    );
    // Without a visit to come, four weeks; never more than twelve.
    assert_eq!(boxes("frequency: 3x/week", wednesday).len(), 4);
    assert_eq!(
        boxes("frequency: 3x/week\nreview: 2026-11-01", wednesday).len(),
        4
    );
    assert_eq!(
        boxes("frequency: 3x/week\nreview: 2027-11-01", wednesday).len(),
        12
    );
    // Over the turn of a year and a leap day.
    assert_eq!(
        boxes(
            "frequency: every 2 days\nreview: 2028-03-04",
            date(2028, 2, 28)
        ),
        ["2028-02-28 1010100"]
    );
}

#[test]
fn an_exercise_is_drawn_at_its_start_and_in_its_hold_on_its_side() {
    let page = |side: &str| {
        let text =
            format!("title: A\nexercises:\n  - {{exercise: bird-dog, side: {side}, reps: 8}}\n");
        html::page(&handout::of(
            &program(&text),
            &BTreeMap::new(),
            date(2026, 11, 22),
        ))
    };
    let (right, left) = (page("right"), page("left"));
    assert!(
        right.contains("<svg ") && right.contains("aria-label=\"Bird dog\""),
        "{right}"
    );
    assert_eq!(right.matches("<g transform").count(), 2);
    assert_ne!(right, left);
    // What no figure helps with has none.
    let bracing = "title: A\nexercises:\n  - {exercise: abdominal-bracing, reps: 8, hold: 5 s}\n";
    assert!(
        !html::page(&handout::of(
            &program(bracing),
            &BTreeMap::new(),
            date(2026, 11, 22)
        ))
        .contains("<svg")
    );
}

//! Figures looked at alone: by a patient who wonders how an exercise goes, by a therapist who poses
//! one in a file. Knows nothing of how they are drawn, or of how the file is watched.

use std::sync::Arc;

use super::context::Cx;
use super::figures::{frame, looping};
use super::flow::Flow;
use super::keymap::Action;
use super::page::{FigureFrame, FigureViewerPage, Scene, ScreenPage};
use crate::diagnostic::render;
use crate::events::Instant;
use crate::figure::FigureSide;
use crate::figure::motion::{Fault, Motion};
use crate::program::figures;
use crate::program::parse::Parsed;

/// A figure with its name.
#[derive(Debug, Clone)]
pub struct Exhibit {
    /// What it is called.
    pub name: String,
    /// How it moves.
    pub motion: Arc<Motion>,
}

impl Exhibit {
    /// The names of what can be looked at of it: the poses it goes through, and the mistake.
    pub fn poses(&self) -> Vec<String> {
        let figure = &self.motion.figure;
        let name = |index: &usize| {
            figure
                .poses
                .get(*index)
                .map_or(String::new(), |pose| pose.name.clone())
        };
        let wrong = figure.wrong.as_ref().map(|(index, _)| name(index));
        figure.cycle.iter().map(name).chain(wrong).collect()
    }
}

/// The figures of a file, and what is wrong with it, as lines.
pub fn of_file(parsed: &Parsed) -> (Vec<Exhibit>, Vec<String>) {
    let lines = |report: String| report.lines().map(str::to_owned).collect::<Vec<_>>();
    if let Some((figure, diagnostics)) = figures::read_alone(parsed.source.text()) {
        let report = render::report(&parsed.source, &diagnostics, false);
        let motion = figure.and_then(Motion::new).map(Arc::new);
        let name = parsed.source.short_name();
        return (
            motion
                .map(|motion| Exhibit { name, motion })
                .into_iter()
                .collect(),
            lines(report),
        );
    }
    let mut exhibits: Vec<Exhibit> = Vec::new();
    for exercise in parsed
        .program
        .iter()
        .flat_map(|program| &program.phases)
        .flat_map(|phase| &phase.exercises)
    {
        if let Some(motion) = exercise.motion()
            && !exhibits.iter().any(|known| known.name == exercise.name)
        {
            exhibits.push(Exhibit {
                name: exercise.name.clone(),
                motion,
            });
        }
    }
    let report = match &parsed.program {
        None => lines(render::report(&parsed.source, &parsed.diagnostics, false)),
        Some(_) if exhibits.is_empty() => {
            vec!["No exercise of this program has a figure.".to_owned()]
        }
        Some(_) => Vec::new(),
    };
    (exhibits, report)
}

/// The page of figures.
#[derive(Debug, Clone)]
pub struct FigureViewer {
    /// The figures.
    pub exhibits: Vec<Exhibit>,
    /// The one that is looked at.
    pub marked: usize,
    /// The side that works.
    pub side: FigureSide,
    /// The pose that is looked at; none while it moves.
    pub pose: Option<usize>,
    /// Since when it moves.
    pub since: Instant,
    /// What is wrong with the file, as lines; the figures are those of before then.
    pub report: Vec<String>,
    /// How large it is wanted, in columns and rows; as large as there is room where it is not said.
    pub panel: Option<(u16, u16)>,
}

impl FigureViewer {
    /// The first of some figures, moving.
    pub fn new(
        found: (Vec<Exhibit>, Vec<String>),
        side: FigureSide,
        panel: Option<(u16, u16)>,
    ) -> Self {
        let (exhibits, report) = found;
        Self {
            exhibits,
            marked: 0,
            side,
            pose: None,
            since: Instant::default(),
            report,
            panel,
        }
    }

    /// The one that is looked at.
    pub fn exhibit(&self) -> Option<&Exhibit> {
        self.exhibits.get(self.marked)
    }

    pub(super) fn figure(&self, now: Instant) -> Option<FigureFrame> {
        let motion = self.exhibit()?.motion.clone();
        let cycle = motion.figure.cycle.len();
        let (scene, changes_in) = match self.pose {
            #[expect(clippy::cast_precision_loss, reason = "a cycle has a handful of poses")]
            Some(pose) if pose < cycle => (
                Scene::At {
                    at: pose as f32,
                    forward: None,
                },
                None,
            ),
            Some(_) => (Scene::Wrong, None),
            None => looping(&motion, now - self.since, motion.figure.wrong.is_some()),
        };
        Some(frame(motion, self.side, scene, changes_in))
    }

    /// The pose after or before the one that is looked at.
    fn turn(&mut self, forward: bool) {
        let count = self
            .exhibit()
            .map_or(0, |exhibit| exhibit.poses().len())
            .max(1);
        self.pose = Some(match (self.pose, forward) {
            (None, _) => 0,
            (Some(pose), true) => (pose + 1) % count,
            (Some(pose), false) => (pose + count - 1) % count,
        });
    }
}

impl FigureViewer {
    /// Returns the page of a figure.
    pub(super) fn page(&self, now: Instant) -> ScreenPage {
        let exhibit = self.exhibit();
        let pose = exhibit.map(|exhibit| {
            let side = if self.side == FigureSide::Left {
                "left side"
            } else {
                "right side"
            };
            match self
                .pose
                .and_then(|pose| exhibit.poses().get(pose).cloned())
            {
                Some(pose) => format!("{side} · pose `{pose}`"),
                None => side.to_owned(),
            }
        });
        let mut remarks = self.report.clone();
        if let Some(exhibit) = exhibit.filter(|_| self.report.is_empty()) {
            let remark = |fault: &Fault| {
                let pose = fault.pose(&exhibit.motion);
                format!("Near pose `{pose}`: {}.", fault.words())
            };
            remarks.extend(exhibit.motion.faults().iter().map(remark));
        }
        ScreenPage::FigureViewer(FigureViewerPage {
            name: exhibit
                .map_or("No figure", |exhibit| &exhibit.name)
                .to_owned(),
            place: (self.exhibits.len() > 1)
                .then(|| format!("{} of {}", self.marked + 1, self.exhibits.len())),
            pose,
            remarks,
            is_report: !self.report.is_empty(),
            figure: self.figure(now),
            panel: self.panel,
        })
    }
}

impl FigureViewer {
    /// Returns the same figures, moving since an instant.
    pub(super) fn since(self, since: Instant) -> Self {
        Self { since, ..self }
    }

    pub(super) fn update(&mut self, action: Action, cx: &mut Cx<'_>) -> Flow {
        let last = self.exhibits.len().saturating_sub(1);
        let marked = match action {
            Action::Up => self.marked.saturating_sub(1),
            Action::Down => (self.marked + 1).min(last),
            Action::PageUp => self.marked.saturating_sub(5),
            Action::PageDown => (self.marked + 5).min(last),
            Action::Higher | Action::Lower => {
                self.turn(action == Action::Higher);
                return Flow::Stay;
            }
            Action::Pause => {
                self.pose = if self.pose.is_some() { None } else { Some(0) };
                self.since = cx.now.instant;
                return Flow::Stay;
            }
            Action::OtherSide => {
                self.side = if self.side == FigureSide::Right {
                    FigureSide::Left
                } else {
                    FigureSide::Right
                };
                return Flow::Stay;
            }
            Action::Quit => return Flow::Quit,
            _ => return Flow::Stay,
        };
        if marked != self.marked {
            (self.marked, self.pose, self.since) = (marked, None, cx.now.instant);
        }
        Flow::Stay
    }

    /// The file was saved: shows what is in it now, or what is wrong with it beside the last good
    /// figure.
    pub(super) fn file_changed(&mut self, parsed: &Parsed, now: Instant) {
        let (exhibits, report) = of_file(parsed);
        self.report = report;
        if exhibits.is_empty() {
            return;
        }
        // The first one that is another now is what was worked on.
        let differs = |(index, new): &(usize, &Exhibit)| {
            self.exhibits
                .get(*index)
                .is_none_or(|old| old.motion != new.motion)
        };
        let changed = exhibits
            .iter()
            .enumerate()
            .find(differs)
            .map(|(index, _)| index);
        self.marked = changed
            .unwrap_or(self.marked)
            .min(exhibits.len().saturating_sub(1));
        self.exhibits = exhibits;
        match self.pose {
            // Who looks at one pose goes on looking at it.
            Some(pose) => {
                let count = self.exhibit().map_or(1, |exhibit| exhibit.poses().len());
                self.pose = Some(pose.min(count.saturating_sub(1)));
            }
            None => self.since = now,
        }
    }
}

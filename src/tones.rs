//! The tones: a few notes for each kind of alert, as samples and as the bytes of a WAV file.

use std::f64::consts::TAU;
use std::time::Duration;

use crate::effect::AlertKind;

/// Samples per second.
pub const RATE: u32 = 44_100;
/// The amplitude at full volume, from 0 to 1. The headroom keeps two tones at once from clipping.
const PEAK: f64 = 0.55;
/// Seconds in which a note swells, so that it doesn't click.
const ATTACK: f64 = 0.006;
/// Seconds in which a note fades out at its end.
const RELEASE: f64 = 0.030;
/// Milliseconds of silence between two tones in a row.
const GAP: u32 = 90;

/// A note and the silence after it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Note {
    /// The pitch in hertz.
    pub pitch: f64,
    /// How long it sounds, in milliseconds.
    pub length: u32,
    /// The silence after it, in milliseconds.
    pub gap: u32,
}

const fn note(pitch: f64, length: u32, gap: u32) -> Note {
    Note { pitch, length, gap }
}

const F3: f64 = 174.61;
const G4: f64 = 392.00;
const E4: f64 = 329.63;
const A4: f64 = 440.00;
const C5: f64 = 523.25;
const D5: f64 = 587.33;
const E5: f64 = 659.26;
const G5: f64 = 783.99;
const A5: f64 = 880.00;
const B5: f64 = 987.77;
const C6: f64 = 1046.50;

/// Returns the notes of a kind of alert; none if it is only spoken. All are between 170 and
/// 1,050 Hz, which aging ears hear and small speakers play.
pub fn notes(kind: AlertKind) -> &'static [Note] {
    match kind {
        AlertKind::GetReady => const { &[note(C5, 110, 50), note(E5, 160, 0)] },
        AlertKind::Start => const { &[note(G5, 330, 0)] },
        AlertKind::Lower => const { &[note(A4, 80, 0)] },
        AlertKind::Lift => const { &[note(D5, 80, 0)] },
        AlertKind::Still => const { &[note(C5, 50, 0)] },
        AlertKind::HalfWay => const { &[note(A5, 90, 70), note(A5, 90, 0)] },
        AlertKind::FiveSeconds => &[],
        AlertKind::LastSeconds => const { &[note(E5, 90, 0)] },
        AlertKind::Release => const { &[note(G5, 100, 20), note(C5, 160, 0)] },
        AlertKind::SwitchSide => {
            const { &[note(C5, 110, 30), note(G5, 110, 30), note(C5, 110, 0)] }
        }
        AlertKind::Rest => const { &[note(G4, 200, 40), note(E4, 300, 0)] },
        AlertKind::ExerciseDone => {
            const { &[note(C5, 110, 20), note(E5, 110, 20), note(G5, 220, 0)] }
        }
        AlertKind::SessionDone => {
            const {
                &[
                    note(C5, 140, 20),
                    note(E5, 140, 20),
                    note(G5, 140, 20),
                    note(C6, 500, 0),
                ]
            }
        }
        AlertKind::PainStop => {
            const { &[note(F3, 240, 120), note(F3, 240, 120), note(F3, 240, 0)] }
        }
        AlertKind::Question => const { &[note(E5, 180, 40), note(B5, 300, 0)] },
        AlertKind::Paused => const { &[note(E5, 180, 40), note(A4, 300, 0)] },
        AlertKind::Trial => const { &[note(C5, 150, 30), note(G5, 150, 30), note(E5, 250, 0)] },
    }
}

/// Returns the notes of alerts that are due at once, one after the other so that each is heard.
pub(crate) fn sequence(kinds: &[AlertKind]) -> Vec<Note> {
    let mut all: Vec<Note> = Vec::new();
    for kind in kinds {
        if notes(*kind).is_empty() {
            continue;
        }
        if let Some(last) = all.last_mut() {
            last.gap += GAP;
        }
        all.extend_from_slice(notes(*kind));
    }
    all
}

/// Returns how long notes take.
pub(crate) fn length(notes: &[Note]) -> Duration {
    Duration::from_millis(
        notes
            .iter()
            .map(|note| u64::from(note.length + note.gap))
            .sum(),
    )
}

fn samples_in(milliseconds: u32) -> u32 {
    u32::try_from(u64::from(milliseconds) * u64::from(RATE) / 1000).unwrap_or(u32::MAX)
}

/// Returns notes as samples of 16 bits, at a volume from 0 to 100.
pub fn samples(notes: &[Note], volume: u8) -> Vec<i16> {
    // People hear loudness in ratios, so half the volume is a quarter of the amplitude.
    let amplitude = PEAK * (f64::from(volume.min(100)) / 100.0).powi(2);
    let rate = f64::from(RATE);
    let mut samples = Vec::new();
    for note in notes {
        let count = samples_in(note.length);
        let whole = f64::from(count) / rate;
        for index in 0..count {
            let time = f64::from(index) / rate;
            let swell = (time / ATTACK).min(1.0);
            let fall = ((whole - time) / RELEASE).clamp(0.0, 1.0);
            // Small speakers lose the lowest pitches; the octave and the fifth above it carry them.
            let wave = (TAU * note.pitch * time).sin()
                + 0.35 * (TAU * 2.0 * note.pitch * time).sin()
                + 0.15 * (TAU * 3.0 * note.pitch * time).sin();
            samples.push(sample(wave / 1.5 * swell * fall * amplitude));
        }
        samples.extend(std::iter::repeat_n(
            0,
            usize::try_from(samples_in(note.gap)).unwrap_or(0),
        ));
    }
    samples
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the value is clamped to the range first"
)]
fn sample(value: f64) -> i16 {
    (value * f64::from(i16::MAX)).clamp(f64::from(i16::MIN), f64::from(i16::MAX)) as i16
}

/// Returns samples as the bytes of a file that every player reads: WAV, one channel, 16 bits.
pub(crate) fn wav(samples: &[i16]) -> Vec<u8> {
    let data = u32::try_from(samples.len() * 2).unwrap_or(u32::MAX);
    let mut bytes = Vec::with_capacity(samples.len() * 2 + 44);
    bytes.extend_from_slice(b"RIFF");
    bytes.extend_from_slice(&(36 + data).to_le_bytes());
    bytes.extend_from_slice(b"WAVEfmt ");
    bytes.extend_from_slice(&16_u32.to_le_bytes());
    bytes.extend_from_slice(&1_u16.to_le_bytes());
    bytes.extend_from_slice(&1_u16.to_le_bytes());
    bytes.extend_from_slice(&RATE.to_le_bytes());
    bytes.extend_from_slice(&(RATE * 2).to_le_bytes());
    bytes.extend_from_slice(&2_u16.to_le_bytes());
    bytes.extend_from_slice(&16_u16.to_le_bytes());
    bytes.extend_from_slice(b"data");
    bytes.extend_from_slice(&data.to_le_bytes());
    bytes.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    bytes
}

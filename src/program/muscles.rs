//! The vocabulary of muscles: ids, plain names, and the groups in which they are compared. Knows
//! nothing of exercises.

/// A group in which muscles are compared; deep and superficial trunk are told apart because the
/// balance between them is what many programs train.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MuscleGroup {
    /// Close to the spine, holding it.
    DeepTrunk,
    /// Moving the trunk.
    SuperficialTrunk,
    /// Around the hip.
    Hip,
    /// Thigh, calf and foot.
    Leg,
    /// Shoulder girdle and chest.
    Shoulder,
}

/// A muscle, or a group that is trained as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Muscle {
    /// As a program names it.
    pub id: &'static str,
    /// As a patient would.
    pub name: &'static str,
    /// Where it belongs.
    pub group: MuscleGroup,
}

const fn muscle(id: &'static str, name: &'static str, group: MuscleGroup) -> Muscle {
    Muscle { id, name, group }
}

/// All muscles of the library.
pub const MUSCLES: &[Muscle] = &[
    muscle(
        "transversus-abdominis",
        "deep belly muscle",
        MuscleGroup::DeepTrunk,
    ),
    muscle("multifidus", "deep back muscle", MuscleGroup::DeepTrunk),
    muscle("diaphragm", "breathing muscle", MuscleGroup::DeepTrunk),
    muscle("pelvic-floor", "pelvic floor", MuscleGroup::DeepTrunk),
    muscle(
        "quadratus-lumborum",
        "deep side of the low back",
        MuscleGroup::DeepTrunk,
    ),
    muscle(
        "rectus-abdominis",
        "front belly muscle",
        MuscleGroup::SuperficialTrunk,
    ),
    muscle(
        "obliques",
        "side belly muscles",
        MuscleGroup::SuperficialTrunk,
    ),
    muscle(
        "erector-spinae",
        "long back muscles",
        MuscleGroup::SuperficialTrunk,
    ),
    muscle(
        "latissimus-dorsi",
        "broad back muscle",
        MuscleGroup::SuperficialTrunk,
    ),
    muscle("gluteus-maximus", "buttock", MuscleGroup::Hip),
    muscle("gluteus-medius", "side of the hip", MuscleGroup::Hip),
    muscle("hip-flexors", "front of the hip", MuscleGroup::Hip),
    muscle("piriformis", "deep buttock", MuscleGroup::Hip),
    muscle(
        "tensor-fasciae-latae",
        "outer front of the hip",
        MuscleGroup::Hip,
    ),
    muscle("adductors", "inner thigh", MuscleGroup::Hip),
    muscle("quadriceps", "front of the thigh", MuscleGroup::Leg),
    muscle("hamstrings", "back of the thigh", MuscleGroup::Leg),
    muscle("gastrocnemius", "upper calf", MuscleGroup::Leg),
    muscle("soleus", "lower calf", MuscleGroup::Leg),
    muscle("tibialis-anterior", "shin muscle", MuscleGroup::Leg),
    muscle("foot-muscles", "muscles of the foot", MuscleGroup::Leg),
    muscle("trapezius", "upper back", MuscleGroup::Shoulder),
    muscle(
        "serratus-anterior",
        "side of the ribs",
        MuscleGroup::Shoulder,
    ),
    muscle("pectorals", "chest", MuscleGroup::Shoulder),
    muscle("deltoids", "shoulder", MuscleGroup::Shoulder),
];

/// The muscle that breathing works: to breathe is no volume of strengthening.
pub const BREATHING: &str = "diaphragm";

/// The muscle with this id.
pub fn find(id: &str) -> Option<&'static Muscle> {
    MUSCLES.iter().find(|muscle| muscle.id == id)
}

/// What a patient calls the muscle with this id; an unknown id is its own name.
pub fn name(id: &str) -> &str {
    find(id).map_or(id, |muscle| muscle.name)
}

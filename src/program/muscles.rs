//! The muscles that programs can name: their ids, their plain names, and the groups in which
//! progress compares them.

/// A group in which muscles are compared. The deep and the superficial trunk are separate groups,
/// because many programs train the balance between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MuscleGroup {
    /// The muscles close to the spine, which hold it steady.
    DeepTrunk,
    /// The outer trunk muscles, which move the trunk.
    SuperficialTrunk,
    /// The muscles around the hip.
    Hip,
    /// The muscles of thigh, calf and foot.
    Leg,
    /// The muscles of shoulder girdle and chest.
    Shoulder,
}

/// A muscle, or a group that is trained as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Muscle {
    /// The id that programs use: the anatomical name in lower case with hyphens.
    pub id: &'static str,
    /// The name that patients read.
    pub name: &'static str,
    /// The group it is compared in.
    pub group: MuscleGroup,
}

const fn muscle(id: &'static str, name: &'static str, group: MuscleGroup) -> Muscle {
    Muscle { id, name, group }
}

/// All muscles, by group.
pub(crate) const MUSCLES: &[Muscle] = &[
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

/// The id of the breathing muscle. Progress doesn't count breathing as strengthening.
pub(crate) const BREATHING: &str = "diaphragm";

/// Returns the muscle with this id.
pub fn find(id: &str) -> Option<&'static Muscle> {
    MUSCLES.iter().find(|muscle| muscle.id == id)
}

/// Returns the plain name of the muscle with this id. An unknown id is returned as it is.
pub(crate) fn name(id: &str) -> &str {
    find(id).map_or(id, |muscle| muscle.name)
}

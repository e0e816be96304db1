//! Annotations for forms that cannot nest.

use crate::Annotation;
use crate::plan::layer_of;

/// Of annotations that overlap the one that begins first, of these the longest: what a form without nesting can show.
/// Empty ones are left out. `annotations` are in the order of [`Annotated::annotations`](crate::Annotated::annotations).
pub(super) fn outermost<'a>(
    annotations: impl Iterator<Item = Annotation<'a>>,
    belongs: impl Fn(&Annotation<'a>) -> bool,
) -> Vec<Annotation<'a>> {
    let mut chosen: Vec<Annotation<'a>> = Vec::new();
    for annotation in annotations.filter(|a| !a.span.is_empty() && belongs(a)) {
        if chosen.last().is_none_or(|last| last.span.end <= annotation.span.start) {
            chosen.push(annotation);
        }
    }
    chosen
}

/// The outermost annotations of a layer.
pub(super) fn of_layer<'a>(annotations: impl Iterator<Item = Annotation<'a>>, layer: &str) -> Vec<Annotation<'a>> {
    outermost(annotations, |annotation| layer_of(annotation.kind) == layer)
}

//! Annotations for formats that cannot nest.

use crate::Annotation;
use crate::plan::layer_of;

/// Keeps, of overlapping annotations, the one that begins first, and of these the longest. Empty ones are left out.
/// `annotations` are in the order of [`Annotated::annotations`](crate::Annotated::annotations).
pub(super) fn outermost<'a>(
    annotations: impl Iterator<Item = Annotation<'a>>,
    belongs: impl Fn(&Annotation<'a>) -> bool,
) -> impl Iterator<Item = Annotation<'a>> {
    let mut end = 0;
    annotations.filter(move |a| {
        let is_outermost = !a.span.is_empty() && end <= a.span.start && belongs(a);
        end = if is_outermost { a.span.end } else { end };
        is_outermost
    })
}

/// The outermost annotations of a layer.
pub(super) fn of_layer<'a>(
    annotations: impl Iterator<Item = Annotation<'a>>,
    layer: &str,
) -> impl Iterator<Item = Annotation<'a>> {
    outermost(annotations, move |annotation| layer_of(annotation.kind) == layer)
}

/** Lets files be dropped on an element. */
export function acceptDrops(target: HTMLElement, take: (files: readonly File[]) => void): void {
  target.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    target.classList.add('is-drop-target');
  });
  target.addEventListener('dragleave', ({ relatedTarget }) => {
    const isInside = relatedTarget instanceof Node && target.contains(relatedTarget);
    if (!isInside) target.classList.remove('is-drop-target');
  });
  target.addEventListener('drop', (event) => {
    target.classList.remove('is-drop-target');
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  });
}

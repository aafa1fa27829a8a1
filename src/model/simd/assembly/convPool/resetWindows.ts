// Before a job's first image: what is known of windows is that of other weights. Sets bytes to 1, row by row.

@unmanaged
class ResetWindows {
  kind: i32;
  bytes: usize;
  rows: i32;
  rowBytes: i32;
  rowStep: i32;
  images: i32;
  imageStep: i32;
}

export function resetWindows(operation: usize): void {
  const f = changetype<ResetWindows>(operation);
  for (let image = 0; image < f.images; image++)
    for (let row = 0; row < f.rows; row++) memory.fill(f.bytes + image * f.imageStep + row * f.rowStep, 1, f.rowBytes);
}

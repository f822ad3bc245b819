/** A table on its way into a file: the cells are what a reader sees, the format is the writer's affair. */

/** Absent: "non renseigné". */
export type Cell = string | number | undefined

export interface Column {
  readonly title: string
  /** In characters, where the format has widths. */
  readonly width: number
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
}

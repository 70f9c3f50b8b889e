/** The block tree as docs/blocks.md has it: what is kept, and what the server reads. */
export interface Span { text: string; bold?: boolean; italic?: boolean; superscript?: boolean; href?: string }
export type Inline = string | Span[];

export interface Paragraph { id?: string; type: 'paragraph'; text: Inline }
export interface Heading { id?: string; type: 'heading'; level: number; text: Inline }
export interface List { id?: string; type: 'list'; ordered: boolean; items: Inline[] }
export interface Quote { id?: string; type: 'quote'; text: Inline[]; speaker?: string; role?: string }
export interface Image { src: string; width?: number; height?: number }
export interface Figure { id?: string; type: 'figure'; media?: number; image?: Image; alt?: string; caption?: Inline; credit?: string }
export interface Gallery { id?: string; type: 'gallery'; figures: Figure[] }
export interface ReadAlso { id?: string; type: 'read-also'; article?: number; wanted?: string; wantedUri?: string }
export interface Embed { id?: string; type: 'embed'; provider: string; url: string }
export interface Table { id?: string; type: 'table'; caption?: string; header?: Inline[][]; rows: Inline[][] }
export interface FactBox { id?: string; type: 'fact-box'; heading?: string; blocks: (Paragraph | List)[] }
export interface PageBreak { id?: string; type: 'page-break' }
export interface Divider { id?: string; type: 'divider' }

export type Block = Paragraph | Heading | List | Quote | Figure | Gallery | ReadAlso | Embed | Table | FactBox | PageBreak | Divider;
export interface Body { version: 1; blocks: Block[] }

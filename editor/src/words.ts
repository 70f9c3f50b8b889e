/** The editor's words in both languages of the newsroom. */
let english = false;
export function speak(language: string): void {
    english = language === 'en';
}
export const t = (indonesian: string, inEnglish: string): string => (english ? inEnglish : indonesian);

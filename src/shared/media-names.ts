/** What videos end in, in lower case without the dot: those of the camera, and what apps and other phones hand on. */
export const videoEndings: readonly string[] = ['mov', 'mp4', 'm4v', '3gp', 'avi'];

/** What follows the last dot of a path, in lower case; the path itself where there is none. */
export const endingOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1).toLowerCase();

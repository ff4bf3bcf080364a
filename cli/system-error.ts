/** Refusals of the operating system in words: a path that is not there, a disk that is full. */
import type { Language } from "../engine/diagnostics/diagnostic.ts";

type Wording = Readonly<Record<Language, string>>;

const CODES: Readonly<Record<string, Wording>> = {
  ENOENT: { en: "there is no such file or folder", zh: "没有这个文件或文件夹" },
  ENOTDIR: { en: "a part of the path is a file, not a folder", zh: "路径中有一段是文件，而不是文件夹" },
  EISDIR: { en: "it is a folder, not a file", zh: "这是文件夹，而不是文件" },
  EEXIST: { en: "it exists already", zh: "已经存在" },
  EACCES: { en: "permission denied", zh: "没有权限" },
  EPERM: { en: "the system does not allow it", zh: "系统不允许" },
  EROFS: { en: "the disk is read-only", zh: "磁盘为只读" },
  ENOSPC: { en: "the disk is full", zh: "磁盘已满" },
  EDQUOT: { en: "the disk quota is used up", zh: "磁盘配额已用完" },
  EMFILE: { en: "too many files are open", zh: "打开的文件过多" },
  ENAMETOOLONG: { en: "the name is too long", zh: "名称过长" },
  ELOOP: { en: "its links go in a circle", zh: "符号链接构成循环" },
  ENOTEMPTY: { en: "the folder is not empty", zh: "文件夹不为空" },
  EBUSY: { en: "it is in use", zh: "正在使用中" },
};

export const isSystemError = (error: Error): error is NodeJS.ErrnoException => "syscall" in error && "code" in error;

/** The path that was refused and why; a code without words is told as the system tells it. */
export function systemErrorText(error: NodeJS.ErrnoException, language: Language): string {
  const words = CODES[error.code ?? ""];
  if (!words) return error.message;
  const path = error.path === undefined ? "" : language === "zh" ? `${error.path}：` : `${error.path}: `;
  return `${path}${words[language]}`;
}

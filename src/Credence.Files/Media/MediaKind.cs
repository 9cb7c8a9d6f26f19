namespace Credence.Files.Media;

/// <summary>The kinds of files that are one row each.</summary>
internal enum MediaKind
{
    Image,
    Audio,
    Text,
}

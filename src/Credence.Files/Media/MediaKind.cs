namespace Credence.Files.Media;

/// <summary>Files each of which is one row.</summary>
internal enum MediaKind
{
    Image,
    Audio,
    Text,
}

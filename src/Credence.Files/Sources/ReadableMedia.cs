using Credence.Files.Inputs;
using Credence.Files.Media;

namespace Credence.Files.Sources;

/// <summary>Leaves out files that can't be read, where <see cref="ReadOptions.SkipBad"/> allows it.</summary>
internal static class ReadableMedia
{
    /// <summary>The positions of the files that can be read: each is decoded once.</summary>
    /// <param name="folder">All files.</param>
    /// <param name="options">How many may be left out.</param>
    /// <param name="notes">Receives the names of those that are.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">More can't be read, or none can.</exception>
    public static int[] Of(MediaFolder folder, ReadOptions options, List<string> notes, CancellationToken cancellationToken)
    {
        var kept = new List<int>();
        var bad = new List<string>();
        for (int i = 0; i < folder.Names.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                Try(folder, i, options);
                kept.Add(i);
            }
            catch (InvalidDataException error)
            {
                bad.Add(error.Message);
                if (bad.Count > options.SkipBad)
                {
                    throw new InvalidDataException($"{error.Message} That is the {Ordinal(bad.Count)} that can't be read, and "
                        + $"{options.SkipBad:N0} may be left out ({ReadOptionNames.SkipBad}).", error);
                }
            }
        }

        if (kept.Count == 0)
            throw new InvalidDataException($"None of {folder.Names.Length:N0} files can be read; the first: {bad[0]}");

        if (bad.Count > 0)
            notes.Add($"{bad.Count:N0} of {folder.Names.Length:N0} files can't be read and are left out: {string.Join(" ", bad)}");

        return [.. kept];
    }

    private static void Try(MediaFolder folder, int i, ReadOptions options)
    {
        string name = folder.Names[i];
        if (folder.Kind == MediaKind.Image)
        {
            _ = ImageFile.Decode(folder.Bytes(i), name, 1, options.MaxPixels);
        }
        else if (folder.Kind == MediaKind.Audio)
        {
            using Stream file = folder.Open(i);
            _ = WavFormat.Read(file, name, options.MaxSamples);
        }
        else
        {
            _ = MediaDecoder.Text(folder.Paths[i], name, options);
        }
    }

    private static string Ordinal(int number) => number switch { 1 => "first", 2 => "second", 3 => "third", _ => $"{number:N0}th" };
}

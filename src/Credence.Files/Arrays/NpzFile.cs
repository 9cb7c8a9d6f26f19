using System.IO.Compression;
using Credence.Files.Inputs;

namespace Credence.Files.Arrays;

/// <summary>NumPy's archive of arrays: a zip file with an <c>.npy</c> entry an array.</summary>
internal static class NpzFile
{
    private const int MaxEntries = 1000;

    /// <summary>The arrays' names.</summary>
    /// <exception cref="InvalidDataException">It is not such an archive.</exception>
    public static IReadOnlyList<string> Names(InputFile file) => Opened(file, entries => entries.Select(entry => NameOf(entry)).ToArray());

    /// <summary>Reads those arrays whose names are wanted.</summary>
    /// <param name="file">The archive, or one bare array, called <c>arr_0</c>.</param>
    /// <param name="isWanted">Whether an array is read.</param>
    /// <param name="maxBytes">The maximum size of all of them together, in bytes.</param>
    /// <param name="maxRatio">How many times its packed size an array may be.</param>
    /// <param name="widened">The array whose floats are kept as doubles, or null.</param>
    /// <exception cref="InvalidDataException">It is not such an archive, or too large, or an array can't be read.</exception>
    public static IReadOnlyList<ArrayValues> Read(
        InputFile file, Func<string, bool> isWanted, long maxBytes, int maxRatio, string? widened = null) => Opened(file, entries =>
    {
        var arrays = new List<ArrayValues>();
        foreach (ZipArchiveEntry entry in entries)
        {
            string name = NameOf(entry);
            if (!isWanted(name))
                continue;

            string place = $"{file.Name}, array '{NameDisplay.Shortened(name)}'";
            new UnpackLimit(place, maxRatio, () => entry.CompressedLength).Check(entry.Length);
            using Stream stream = new LimitedStream(new ZipEntryContent(entry, place), entry.Length, place);
            ArrayValues array = NpyFormat.Read(stream, name, place, maxBytes, name == widened);
            stream.CopyTo(Stream.Null); // To the end, where the checksum is verified.
            maxBytes -= array.BytesInMemory;
            arrays.Add(array);
        }

        return arrays;
    });

    private static T Opened<T>(InputFile file, Func<ZipArchiveEntry[], T> read)
    {
        try
        {
            using Stream stream = file.Open();
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            return read(Arrays(archive, file.Name));
        }
        catch (InvalidDataException error) when (!error.Message.Contains(file.Name, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{file.Name} is damaged: it can't be unpacked as a zip file.", error);
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException($"{file.Name} is damaged: it ends too soon.", error);
        }
    }

    private static ZipArchiveEntry[] Arrays(ZipArchive archive, string file)
    {
        if (archive.Entries.Count > MaxEntries)
            throw new InvalidDataException($"{file} has {archive.Entries.Count:N0} entries, above the limit of {MaxEntries:N0}.");

        ZipArchiveEntry[] arrays = [.. archive.Entries.Where(entry => entry.FullName.EndsWith(".npy", StringComparison.Ordinal))];
        if (arrays.Length == 0)
        {
            throw new InvalidDataException(
                $"{file} is a zip file without NumPy arrays. Unpack it and name the file or folder in it; save a spreadsheet as csv.");
        }

        return arrays.DistinctBy(entry => entry.FullName).Count() == arrays.Length
            ? arrays
            : throw new InvalidDataException($"{file} is damaged: two of its arrays have the same name.");
    }

    private static string NameOf(ZipArchiveEntry entry) => entry.FullName[..^4];
}

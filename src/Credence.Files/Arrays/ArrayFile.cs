using Credence.Files.Inputs;

namespace Credence.Files.Arrays;

/// <summary>A file of arrays by name: NumPy's archive, or one bare array called <c>arr_0</c>.</summary>
internal static class ArrayFile
{
    /// <summary>The arrays' names.</summary>
    public static IReadOnlyList<string> Names(InputFile file) => IsBare(file) ? ["arr_0"] : NpzFile.Names(file);

    /// <summary>Reads those arrays whose names are wanted.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isWanted">Whether an array is read.</param>
    /// <param name="options">The limits of memory and of unpacking.</param>
    /// <param name="widened">The array whose floats are kept as doubles, or null.</param>
    /// <exception cref="InvalidDataException">The file is damaged, too large, or an array has an unsupported type.</exception>
    public static IReadOnlyList<ArrayValues> Read(InputFile file, Func<string, bool> isWanted, ReadOptions options, string? widened = null)
    {
        long maxBytes = RowMemory.OfArrays(options);
        if (!IsBare(file))
            return NpzFile.Read(file, isWanted, maxBytes, options.MaxUnpackRatio, widened);

        using Stream stream = file.Open();
        return [NpyFormat.Read(stream, "arr_0", file.Name, maxBytes, widened == "arr_0")];
    }

    /// <summary>Reads all arrays.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, too large, has no arrays, or one of an unknown type.</exception>
    public static IReadOnlyList<ArrayValues> ReadAll(InputFile file, ReadOptions options)
    {
        IReadOnlyList<ArrayValues> arrays = Read(file, _ => true, options);
        return arrays.Count > 0 ? arrays : throw new InvalidDataException($"{file.Name} has no arrays.");
    }

    /// <summary>Whether bytes are the start of such a file.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8) || head.StartsWith(NpyFormat.Magic);

    private static bool IsBare(InputFile file) => file.Head.AsSpan().StartsWith(NpyFormat.Magic);
}

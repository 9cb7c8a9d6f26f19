namespace Credence.Files;

/// <summary>A file of arrays by name: NumPy's archive, or one bare array called <c>arr_0</c>.</summary>
internal static class ArrayFile
{
    /// <summary>The arrays' names.</summary>
    public static IReadOnlyList<string> Names(InputFile file) => IsBare(file) ? ["arr_0"] : NpzFile.Names(file);

    /// <summary>Reads those arrays whose names are wanted.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, too large, or an array is of a type that can't be read.</exception>
    public static IReadOnlyList<ArrayValues> Read(InputFile file, Func<string, bool> isWanted, long maxBytes)
    {
        if (!IsBare(file))
            return NpzFile.Read(file, isWanted, maxBytes);

        using Stream stream = file.Open();
        return [NpyFormat.Read(stream, "arr_0", file.Name, maxBytes)];
    }

    /// <summary>Whether some bytes begin such a file.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8) || head.StartsWith(NpyFormat.Magic);

    private static bool IsBare(InputFile file) => file.Head.AsSpan().StartsWith(NpyFormat.Magic);
}

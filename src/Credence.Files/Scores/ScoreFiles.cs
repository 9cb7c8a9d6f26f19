using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Credence.Data;
using Credence.Data.Scores;
using Credence.Files.Arrays;

namespace Credence.Files.Scores;

/// <summary>Writes probabilities in the formats that <see cref="SavedScores"/> reads. The same probabilities give the same bytes.</summary>
public static class ScoreFiles
{
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes text: a header of class names, then one row per case; the labels in a last column <c>label</c>.</summary>
    /// <param name="stream">Written to and left open.</param>
    /// <param name="probabilities">The probabilities.</param>
    /// <param name="classes">The classes' names.</param>
    /// <param name="labels">The true classes, or null.</param>
    public static void WriteCsv(Stream stream, Probabilities probabilities, IReadOnlyList<string> classes, Labels? labels)
    {
        CheckNames(probabilities, classes);
        using var text = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        text.WriteLine(string.Join(',', (labels is null ? classes : classes.Append("label")).Select(Quoted)));
        Span<char> number = stackalloc char[32];
        for (int row = 0; row < probabilities.Rows; row++)
        {
            ReadOnlySpan<double> values = probabilities.Row(row);
            for (int k = 0; k < values.Length; k++)
            {
                if (k > 0)
                    text.Write(',');

                values[k].TryFormat(number, out int length, "R", CultureInfo.InvariantCulture);
                text.Write(number[..length]);
            }

            if (labels is not null)
            {
                text.Write(',');
                text.Write(labels[row] < 0 ? "" : Quoted(labels.Names[labels[row]]));
            }

            text.Write('\n');
        }
    }

    /// <summary>Writes npz: <c>probabilities</c> as float64, <c>labels</c> as int64 class indices (−1 where missing), <c>classes</c> as
    /// texts.</summary>
    /// <param name="stream">Written to and left open.</param>
    /// <param name="probabilities">The probabilities.</param>
    /// <param name="classes">The classes' names.</param>
    /// <param name="labels">The true classes, or null.</param>
    public static void WriteNpz(Stream stream, Probabilities probabilities, IReadOnlyList<string> classes, Labels? labels)
    {
        CheckNames(probabilities, classes);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        using (Stream entry = Entry(archive, "probabilities"))
        {
            NpyFormat.WriteHeader(entry, "<f8", probabilities.Rows, probabilities.Classes);
            entry.Write(MemoryMarshal.AsBytes(probabilities.Values));
        }

        if (labels is not null)
        {
            using Stream entry = Entry(archive, "labels");
            NpyFormat.WriteHeader(entry, "<i8", labels.Count);
            entry.Write(MemoryMarshal.AsBytes<long>(Array.ConvertAll(labels.Indices.ToArray(), index => (long)index)));
        }

        using (Stream entry = Entry(archive, "classes"))
        {
            byte[][] names = [.. classes.Select(Encoding.UTF32.GetBytes)];
            int longest = Math.Max(4, names.Max(name => name.Length));
            NpyFormat.WriteHeader(entry, $"<U{longest / 4}", names.Length);
            foreach (byte[] name in names)
            {
                entry.Write(name);
                entry.Write(new byte[longest - name.Length]);
            }
        }
    }

    private static Stream Entry(ZipArchive archive, string name)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
        entry.LastWriteTime = NoTime;
        return entry.Open();
    }

    private static void CheckNames(Probabilities probabilities, IReadOnlyList<string> classes)
    {
        if (classes.Count != probabilities.Classes)
            throw new ArgumentException($"'{nameof(classes)}' has {classes.Count} names, needs {probabilities.Classes}.", nameof(classes));
    }

    private static string Quoted(string name) =>
        name.AsSpan().ContainsAny(",\"\r\n") || name.Length == 0 || name != name.Trim()
            ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;
}

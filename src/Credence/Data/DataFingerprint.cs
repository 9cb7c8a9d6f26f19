using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Credence.Data.Columns;

namespace Credence.Data;

/// <summary>A SHA-256 of rows in memory: of the columns' names, the rows' hashes and their labels. The same rows have the same one on every
/// machine.</summary>
internal static class DataFingerprint
{
    /// <summary>The SHA-256 in lower-case hexadecimal digits.</summary>
    public static string Of(DataSet data)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (IColumn column in data.Features.Columns)
            sha.AppendData(Encoding.UTF8.GetBytes($"{column.Kind} {column.Name}\n"));

        Span<byte> number = stackalloc byte[sizeof(ulong)];
        foreach (ulong hash in RowHash.Compute(data.Features))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(number, hash);
            sha.AppendData(number);
        }

        for (int row = 0; row < data.Rows; row++)
        {
            foreach (string name in Named(data, row))
                sha.AppendData(Encoding.UTF8.GetBytes($"{name}\t"));

            sha.AppendData("\n"u8);
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    private static IEnumerable<string> Named(DataSet data, int row)
    {
        if (data.Labels is { } labels && labels[row] != Labels.Missing)
            yield return labels.Names[labels[row]];

        int[] set = data.LabelSets is { } sets ? sets[row].ToArray() : [];
        foreach (int k in set)
            yield return data.LabelSets!.Names[k];
    }
}

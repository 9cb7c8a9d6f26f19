using System.Buffers.Binary;

namespace Credence.Files.Columnar;

/// <summary>The description at the end of a Parquet file (FileMetaData of parquet.thrift).</summary>
/// <param name="Leaves">Its columns.</param>
/// <param name="Groups">Its row groups.</param>
/// <param name="Notes">What the writer noted, by key.</param>
internal sealed record ParquetFooter(
    IReadOnlyList<ParquetLeaf> Leaves, IReadOnlyList<ParquetGroup> Groups, IReadOnlyDictionary<string, string> Notes)
{
    private const int MaxFooter = 1 << 26;
    private const int MaxElements = 1 << 22;

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is truncated, absent or encrypted.</exception>
    public static ParquetFooter Read(Stream stream, string name)
    {
        var tail = new byte[8];
        if (stream.Length < 12)
            throw new InvalidDataException($"{name} is damaged: it has {stream.Length} bytes, too few for a Parquet file.");

        stream.Position = stream.Length - 8;
        stream.ReadExactly(tail);
        if (tail.AsSpan(4).SequenceEqual("PARE"u8))
            throw new InvalidDataException($"{name} is an encrypted Parquet file. Save it without encryption.");

        int length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (!tail.AsSpan(4).SequenceEqual("PAR1"u8) || length < 1 || length > Math.Min(MaxFooter, stream.Length - 12))
            throw new InvalidDataException($"{name} is damaged: it does not end as a Parquet file. Was it copied whole?");

        var footer = new byte[length];
        stream.Position = stream.Length - 8 - length;
        stream.ReadExactly(footer);
        try
        {
            return Read(new ThriftReader(footer, MaxElements));
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException($"{name} is damaged: the description of its columns is truncated.", error);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{name} can't be read: {error.Message}.", error);
        }
    }

    private static ParquetFooter Read(ThriftReader thrift)
    {
        var schema = new List<ParquetElement>();
        var groups = new List<ParquetGroup>();
        var notes = new Dictionary<string, string>(StringComparer.Ordinal);
        thrift.Structure((field, type) => field switch
        {
            2 => thrift.List(type, of => of == 12 && Added(schema, ParquetElement.Read(thrift))),
            4 => thrift.List(type, of => of == 12 && Added(groups, ParquetGroup.Read(thrift))),
            5 => thrift.List(type, of => thrift.Structure(of, Note())),
            _ => false,
        });
        IReadOnlyList<ParquetLeaf> leaves = ParquetLeaf.Of(schema);
        if (groups.FirstOrDefault(group => group.Chunks.Count != leaves.Count) is { } odd)
            throw new InvalidDataException($"it has {leaves.Count:N0} columns, and a row group has {odd.Chunks.Count:N0}");

        return new ParquetFooter(leaves, groups, notes);

        Func<int, int, bool> Note()
        {
            string key = "";
            return (field, type) =>
            {
                bool isText = thrift.Text(type, out string text);
                if (isText && field == 1)
                    key = text;
                else if (isText && field == 2)
                    notes[key] = text;

                return isText;
            };
        }
    }

    private static bool Added<T>(List<T> list, T item)
    {
        list.Add(item);
        return true;
    }
}

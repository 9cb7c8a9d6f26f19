using Credence.Numerics;

namespace Credence.Fuzz.Structures;

/// <summary>Changes a field of a protobuf message, at any depth, and writes the lengths that belong to it.</summary>
internal static class ProtobufMutation
{
    private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5, MostDepth = 12;

    public static byte[] Mutate(byte[] file, Func<byte[], byte[]> change, Rng chance) => Mutate(file, change, chance, 0);

    private static byte[] Mutate(byte[] message, Func<byte[], byte[]> change, Rng chance, int depth)
    {
        if (depth > MostDepth || Fields(message) is not { Count: > 0 } fields)
            return change(message);

        int chosen = chance.NextInt(fields.Count);
        Field field = fields[chosen];
        switch (chance.NextInt(12))
        {
            case 0:
                fields.RemoveAt(chosen);
                break;
            case 1:
                fields.Insert(chance.NextInt(fields.Count), field);
                break;
            case 2:
                fields.Insert(chosen, fields[chance.NextInt(fields.Count)]);
                break;
            case 3 when field.Kind == Varint:
                fields[chosen] = field with { Content = Whole((ulong)chance.NextInt(64) - (chance.NextInt(3) == 0 ? 40UL : 0)) };
                break;
            default:
                fields[chosen] = field with
                {
                    Content = field.Kind == Delimited ? Mutate(field.Content, change, chance, depth + 1)
                        : SameLength(field.Content, change),
                };
                break;
        }

        var written = new List<byte>();
        foreach (Field one in fields)
        {
            written.AddRange(Whole(one.Tag));
            if (one.Kind == Delimited)
                written.AddRange(Whole((ulong)one.Content.Length));

            written.AddRange(one.Content);
        }

        return [.. written];
    }

    /// <summary>The fields of a message; null where the bytes are none.</summary>
    private static List<Field>? Fields(byte[] message)
    {
        var fields = new List<Field>();
        for (int at = 0; at < message.Length;)
        {
            if (Read(message, ref at) is not { } tag || tag >> 3 is 0 or > 100_000)
                return null;

            int begin = at;
            ulong? length = (tag & 7) switch
            {
                Varint => Read(message, ref at) is null ? null : (ulong)(at - begin),
                Fixed64 => 8UL,
                Fixed32 => 4UL,
                Delimited => Read(message, ref at),
                _ => null,
            };
            if ((tag & 7) != Varint)
                begin = at;

            if (length is not { } known || known > (ulong)(message.Length - begin))
                return null;

            at = begin + (int)known;
            fields.Add(new Field(tag, message[begin..at]));
        }

        return fields;
    }

    private static byte[] SameLength(byte[] number, Func<byte[], byte[]> change)
    {
        byte[] changed = [.. change(number).Concat(number).Take(number.Length)];
        for (int i = 0; i < changed.Length && number.Length is not (4 or 8); i++)
            changed[i] = (byte)(i + 1 < changed.Length ? changed[i] | 0x80 : changed[i] & 0x7F);

        return changed;
    }

    private static ulong? Read(byte[] bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        return null;
    }

    private static byte[] Whole(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));

        bytes.Add((byte)value);
        return [.. bytes];
    }

    private sealed record Field(ulong Tag, byte[] Content)
    {
        public int Kind => (int)(Tag & 7);
    }
}

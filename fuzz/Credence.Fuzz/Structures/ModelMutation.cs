using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credence.Fuzz.Seeds;
using Credence.Numerics;

namespace Credence.Fuzz.Structures;

/// <summary>Changes a value of a model's description or a tensor's bytes, type or shape, and writes the lengths, offsets and the SHA-256
/// that belong to it.</summary>
internal static class ModelMutation
{
    private const int Prefix = 8;
    private const string Metadata = "__metadata__", Description = "credence";
    private static readonly string NoHash = new('0', 64);
    private static readonly JsonNode?[] Odd =
        [null, 0, -1, 1, 2, 0.5, 1e300, -1e300, int.MaxValue, long.MaxValue, 1 << 20, "", "a", true, false, new JsonArray(), new JsonObject()];

    public static byte[] Mutate(byte[] file, Func<byte[], byte[]> change, Rng chance)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        JsonObject header = JsonNode.Parse(file.AsSpan(Prefix, length))!.AsObject();
        JsonNode description = JsonNode.Parse(header[Metadata]![Description]!.GetValue<string>())!;
        var tensors = new List<(string Name, string Type, JsonNode Shape, byte[] Bytes)>();
        foreach ((string name, JsonNode? entry) in header.Where(entry => entry.Key != Metadata))
        {
            int from = Prefix + length + (int)entry!["data_offsets"]![0]!, to = Prefix + length + (int)entry["data_offsets"]![1]!;
            tensors.Add((name, (string)entry["dtype"]!, entry["shape"]!.DeepClone(), file[from..to]));
        }

        for (int changes = chance.NextInt(3); changes >= 0; changes--)
        {
            if (tensors.Count > 0 && chance.NextInt(3) == 0)
                ChangeTensor(tensors, change, chance);
            else
                ChangeValue(description, chance);
        }

        return Written(description.ToJsonString(), tensors);
    }

    private static void ChangeTensor(List<(string Name, string Type, JsonNode Shape, byte[] Bytes)> tensors, Func<byte[], byte[]> change,
        Rng chance)
    {
        int at = chance.NextInt(tensors.Count);
        (string name, string type, JsonNode shape, byte[] bytes) = tensors[at];
        int size = type[1..] switch { "8" => 1, "32" => 4, _ => 8 };
        switch (chance.NextInt(4))
        {
            case 0:
                tensors.RemoveAt(at);
                break;
            case 1:
                // Another length, with the shape that belongs to it.
                byte[] changed = change(bytes);
                changed = changed[..(changed.Length / size * size)];
                tensors[at] = (name, type, new JsonArray(changed.Length / size), changed);
                break;
            case 2:
                tensors[at] = (name, type, new JsonArray(1, bytes.Length / size), bytes);
                break;
            default:
                byte[] odd = [.. bytes];
                if (odd.Length >= size)
                    Value(size, chance).CopyTo(odd.AsSpan(chance.NextInt(odd.Length / size) * size));
                tensors[at] = (name, type, shape, odd);
                break;
        }
    }

    private static byte[] Value(int size, Rng chance)
    {
        double[] values = [0, -1, 1, double.NaN, double.PositiveInfinity, 1e300, 1e-300, chance.NextInt(1000), -chance.NextInt(1000)];
        double value = values[chance.NextInt(values.Length)];
        return size switch
        {
            1 => [(byte)chance.NextInt(256)],
            4 => chance.NextInt(2) == 0 ? BitConverter.GetBytes((float)value) : BitConverter.GetBytes(chance.NextInt(100) - 50),
            _ => BitConverter.GetBytes(value),
        };
    }

    private static void ChangeValue(JsonNode root, Rng chance)
    {
        var all = new List<JsonNode>();
        Collect(root, all);
        JsonNode parent = all[chance.NextInt(all.Count)];
        JsonNode? with = chance.NextInt(3) == 0 ? all[chance.NextInt(all.Count)] : Odd[chance.NextInt(Odd.Length)];
        with = with?.DeepClone();
        if (parent is JsonArray list)
        {
            int at = chance.NextInt(list.Count + 1);
            if (at == list.Count || chance.NextInt(4) == 0)
                list.Insert(at, with);
            else if (chance.NextInt(4) == 0)
                list.RemoveAt(at);
            else
                list[at] = with;
        }
        else if (parent is JsonObject fields && fields.Count > 0)
        {
            string key = fields.ElementAt(chance.NextInt(fields.Count)).Key;
            if (chance.NextInt(6) == 0)
                fields.Remove(key);
            else
                fields[key] = with;
        }
    }

    /// <summary>Lists and objects, the deeper the rarer to be missed.</summary>
    private static void Collect(JsonNode node, List<JsonNode> all)
    {
        all.Add(node);
        IEnumerable<JsonNode?> inner = node is JsonArray list ? list : node is JsonObject fields ? fields.Select(field => field.Value) : [];
        foreach (JsonNode? child in inner)
        {
            if (child is JsonArray or JsonObject)
                Collect(child, all);
        }
    }

    private static byte[] Written(string description, List<(string Name, string Type, JsonNode Shape, byte[] Bytes)> tensors)
    {
        var header = new JsonObject { [Metadata] = new JsonObject { ["sha256"] = NoHash, [Description] = description } };
        int at = 0;
        foreach ((string name, string type, JsonNode shape, byte[] bytes) in tensors)
        {
            header[name] = new JsonObject
            {
                ["dtype"] = type,
                ["shape"] = shape,
                ["data_offsets"] = new JsonArray(at, at += bytes.Length),
            };
        }

        byte[] text = JsonSerializer.SerializeToUtf8Bytes(header);
        var length = new byte[Prefix];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return ModelBytes.Resealed([.. length, .. text, .. tensors.SelectMany(tensor => tensor.Bytes)]);
    }
}

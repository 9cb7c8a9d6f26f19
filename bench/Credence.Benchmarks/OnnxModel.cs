using System.Text;
using Credence.Persistence;

namespace Credence.Benchmarks;

/// <summary>A model of one node, written as the bytes of an ONNX file (protocol buffers, onnx.proto3).</summary>
internal static class OnnxModel
{
    private const int Float = 1;
    private const int OperatorSet = 13;
    private const int IrVersion = 8;

    /// <summary>y = operator(inputs), all float and of any shape with the given rank.</summary>
    public static byte[] OneNode(string operatorType, int rank, params string[] inputs)
    {
        var node = new Message();
        foreach (string input in inputs)
            node.Text(1, input);
        node.Text(2, "y").Text(4, operatorType);
        var graph = new Message().Nested(1, node).Text(2, "one");
        foreach (string input in inputs)
            graph.Nested(11, Value(input, rank));
        graph.Nested(12, Value("y", rank));
        return new Message().Number(1, IrVersion).Nested(7, graph).Nested(8, new Message().Text(1, "").Number(2, OperatorSet)).ToArray();
    }

    private static Message Value(string name, int rank)
    {
        var shape = new Message();
        for (int axis = 0; axis < rank; axis++)
            shape.Nested(1, new Message().Text(2, $"{name}{axis}"));
        Message tensor = new Message().Number(1, Float).Nested(2, shape);
        return new Message().Text(1, name).Nested(2, new Message().Nested(1, tensor));
    }

    internal sealed class Message
    {
        private readonly List<byte> bytes = [];

        public Message Number(int field, ulong value)
        {
            Varint((ulong)field << 3);
            Varint(value);
            return this;
        }

        public Message Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

        public Message Nested(int field, Message value) => Bytes(field, value.ToArray());

        public byte[] ToArray() => [.. bytes];

        private Message Bytes(int field, byte[] value)
        {
            Varint(((ulong)field << 3) | 2);
            Varint((ulong)value.Length);
            bytes.AddRange(value);
            return this;
        }

        private void Varint(ulong value)
        {
            for (; value >= 128; value >>= 7)
                bytes.Add((byte)(value | 128));
            bytes.Add((byte)value);
        }
    }
}

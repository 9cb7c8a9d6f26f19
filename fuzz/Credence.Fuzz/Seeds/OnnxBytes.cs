using Credence.Onnx.Format;
using Google.Protobuf;
using Type = Credence.Onnx.Format.TensorProto.Types.DataType;

namespace Credence.Fuzz.Seeds;

/// <summary>ONNX models.</summary>
public static class OnnxBytes
{
    /// <summary>A linear layer with a softmax, and a classical linear classifier with a choice of graphs beside it.</summary>
    public static IReadOnlyList<byte[]> Models { get; } = [Linear(), Classical()];

    private static byte[] Linear()
    {
        ModelProto model = Model(Node("Gemm", "", ["x", "w", "b"], "z"), Node("Softmax", "", ["z"], "p"));
        model.Graph.Initializer.Add(new TensorProto
        {
            Name = "w",
            DataType = (int)Type.Float,
            Dims = { 2, 3 },
            FloatData = { 1, 2, 3, 4, 5, 6 },
        });
        model.Graph.Initializer.Add(new TensorProto
        {
            Name = "b",
            DataType = (int)Type.Float,
            Dims = { 3 },
            RawData = ByteString.CopyFrom(new byte[12]),
        });
        model.Graph.Output.Add(Value("p", 3));
        model.MetadataProps.Add(new StringStringEntryProto { Key = "classes", Value = "[\"a\", \"b\", \"c\"]" });
        return model.ToByteArray();
    }

    private static byte[] Classical()
    {
        NodeProto classifier = Node("LinearClassifier", "ai.onnx.ml", ["x"], "label");
        classifier.Output.Add("scores");
        classifier.Attribute.Add(new AttributeProto
        {
            Name = "classlabels_strings",
            Type = AttributeProto.Types.AttributeType.Strings,
            Strings = { ByteString.CopyFromUtf8("no"), ByteString.CopyFromUtf8("yes") },
        });
        classifier.Attribute.Add(new AttributeProto
        {
            Name = "coefficients",
            Type = AttributeProto.Types.AttributeType.Floats,
            Floats = { 1, 2, 3, 4 },
        });
        classifier.Attribute.Add(new AttributeProto
        {
            Name = "post_transform",
            Type = AttributeProto.Types.AttributeType.String,
            S = ByteString.CopyFromUtf8("SOFTMAX"),
        });
        NodeProto map = Node("ZipMap", "ai.onnx.ml", ["scores"], "maps");
        ModelProto model = Model(classifier, map);
        model.Graph.Output.Add(new ValueInfoProto
        {
            Name = "label",
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)Type.String } },
        });
        model.Graph.Output.Add(Value("scores", 2));
        return model.ToByteArray();
    }

    private static ModelProto Model(params NodeProto[] nodes)
    {
        var model = new ModelProto { IrVersion = 7, Graph = new GraphProto { Name = "graph" } };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 13 });
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = 1 });
        model.Graph.Input.Add(Value("x", 2));
        model.Graph.Node.Add(nodes);
        return model;
    }

    private static NodeProto Node(string op, string domain, string[] inputs, string output) =>
        new() { OpType = op, Domain = domain, Name = output + "_node", Input = { inputs }, Output = { output } };

    private static ValueInfoProto Value(string name, int width) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = (int)Type.Float,
                Shape = new TensorShapeProto
                {
                    Dim =
                    {
                        new TensorShapeProto.Types.Dimension { DimParam = "rows" },
                        new TensorShapeProto.Types.Dimension { DimValue = width },
                    },
                },
            },
        },
    };
}

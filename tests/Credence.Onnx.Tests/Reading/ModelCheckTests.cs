using Credence.Numerics;
using Credence.Onnx.Format;
using Credence.Onnx.Reading;
using Credence.Onnx.Tests.Support;
using Google.Protobuf;
using Type = Credence.Onnx.Format.TensorProto.Types.DataType;

namespace Credence.Onnx.Tests.Reading;

public class ModelCheckTests
{
    [Fact]
    public void SoundModel_IsRead() => Assert.Equal("y", Read(Graphs.Same(13, 3)).Graph.Output[0].Name);

    [Theory]
    [InlineData("cycle", "run in a circle")]
    [InlineData("own output", "run in a circle")]
    [InlineData("nothing", "which nothing makes")]
    [InlineData("no inputs", "no first input")]
    [InlineData("empty input", "no first input")]
    [InlineData("twice", "made already")]
    [InlineData("domain", "only standard operators")]
    [InlineData("operator", "no standard operator")]
    [InlineData("no outputs", "no outputs")]
    [InlineData("unmade output", "No node makes")]
    [InlineData("no opset", "opset")]
    [InlineData("old opset", "opset")]
    [InlineData("two gigabytes", "2 GB")]
    [InlineData("negative length", "2 GB")]
    [InlineData("short tensor", "its shape")]
    [InlineData("type", "ONNX does not have")]
    [InlineData("inner graph", "no standard operator")]
    [InlineData("../../etc/passwd", "outside the model's folder")]
    [InlineData("/etc/passwd", "outside the model's folder")]
    [InlineData("a/../../b", "outside the model's folder")]
    [InlineData("c:\\x", "outside the model's folder")]
    [InlineData("missing.bin", "not an ordinary file")]
    [InlineData("function", "functions")]
    public void HostileModel_IsRefusedWithItsReason(string kind, string reason)
    {
        ModelProto model = Graphs.Same(13, 3);
        GraphProto graph = model.Graph;
        switch (kind)
        {
            case "cycle":
                graph.Node[0].Input[0] = "b";
                graph.Node.Add(Graphs.Node("Identity", ["y"], ["b"]));
                break;
            case "own output":
                graph.Node[0].Input[0] = "y";
                break;
            case "no inputs":
                graph.Node[0].OpType = "Softmax";
                graph.Node[0].Input.Clear();
                break;
            case "empty input":
                graph.Node[0].Input[0] = "";
                break;
            case "nothing":
                graph.Node[0].Input[0] = "nothing";
                break;
            case "twice":
                graph.Node.Add(Graphs.Node("Identity", ["x"], ["y"]));
                break;
            case "domain":
                graph.Node[0].Domain = "com.microsoft";
                break;
            case "operator":
                graph.Node[0].OpType = "Explode";
                break;
            case "no outputs":
                graph.Output.Clear();
                break;
            case "unmade output":
                graph.Output.Add(Graphs.Value("z", Type.Float, null, 3));
                break;
            case "no opset":
                model.OpsetImport.Clear();
                break;
            case "old opset":
                model.OpsetImport[0].Version = 1;
                break;
            case "two gigabytes":
                graph.Initializer.Add(Graphs.Tensor("w", [1], 1L << 40, 1L << 40));
                break;
            case "negative length":
                graph.Initializer.Add(Graphs.Tensor("w", [1], -1));
                break;
            case "short tensor":
                graph.Initializer.Add(Graphs.Tensor("w", [1, 2, 3], 4));
                break;
            case "type":
                graph.Initializer.Add(new TensorProto { Name = "w", DataType = 99 });
                break;
            case "inner graph":
                var inner = new GraphProto();
                inner.Node.Add(Graphs.Node("Explode", ["x"], ["z"]));
                graph.Node.Add(Graphs.Node("If", ["x"], ["i"], new AttributeProto { Name = "then_branch", G = inner }));
                break;
            case "function":
                model.Functions.Add(new FunctionProto { Name = "f" });
                break;
            default:
                TensorProto tensor = Graphs.Tensor("w", [], 1);
                tensor.DataLocation = TensorProto.Types.DataLocation.External;
                tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = kind });
                graph.Initializer.Add(tensor);
                break;
        }

        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => Read(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ExternalTensorInTheFolder_IsReadIntoTheModel_AndNotThroughALink()
    {
        string folder = Directory.CreateTempSubdirectory("credence-").FullName;
        try
        {
            string weights = Path.Combine(folder, "w.bin");
            File.WriteAllBytes(weights, [9, 9, 9, 9, 0, 0, 128, 63]);
            ModelProto read = OnnxFile.Read(External("w.bin", offset: "4").ToByteArray(), "model.onnx", folder);
            Assert.Equal(1f, BitConverter.ToSingle(read.Graph.Initializer[0].RawData.Span));
            Assert.Empty(read.Graph.Initializer[0].ExternalData);
            Assert.Throws<InvalidDataException>(() =>
                OnnxFile.Read(External("w.bin", offset: "5").ToByteArray(), "model.onnx", folder));
            File.CreateSymbolicLink(Path.Combine(folder, "link.bin"), weights);
            string message = Assert.Throws<InvalidDataException>(() =>
                OnnxFile.Read(External("link.bin", "4").ToByteArray(), "model.onnx", folder)).Message;
            Assert.Contains("link", message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void TruncatedAndChangedBytes_AreReadOrRefused_AndNeverElse()
    {
        byte[] bytes = WrappedBytes();
        var rng = new Rng(3);
        int refused = 0;
        for (int trial = 0; trial < 2000; trial++)
        {
            byte[] changed = trial % 2 == 0 ? bytes[..(int)(rng.NextDouble() * bytes.Length)] : [.. bytes];
            for (int i = 0; trial % 2 == 1 && i < 1 + (trial % 5); i++)
                changed[(int)(rng.NextDouble() * changed.Length)] = (byte)(rng.NextDouble() * 256);

            try
            {
                OnnxFile.Read(changed, "model.onnx");
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        // Half of the files are cut, and no cut one is whole.
        Assert.True(refused >= 1000, $"{refused} refused.");
    }

    [Theory]
    [InlineData("string")]
    [InlineData("scalar")]
    [InlineData("rank 4")]
    public void OutputThatCanHoldNoScores_IsRefused(string kind)
    {
        ModelProto model = Graphs.Same(13, 3);
        model.Graph.Output[0] = kind switch
        {
            "string" => Graphs.Value("y", Type.String, null, 3),
            "scalar" => Graphs.Value("y", Type.Float),
            _ => Graphs.Value("y", Type.Float, null, 3, 8, 8),
        };
        Assert.Contains("can hold scores", Assert.Throws<InvalidDataException>(() => OnnxClassifier.Of("m", Read(model))).Message,
            StringComparison.Ordinal);
    }

    private static byte[] WrappedBytes()
    {
        NodeProto zip = Graphs.Classical("ZipMap", ["p"], ["map"], Graphs.Texts("classlabels_strings", "a", "b", "c"));
        ModelProto model = Graphs.Model(13, 3, [Graphs.Node("MatMul", ["x", "w"], ["z"]), Graphs.Node("Softmax", ["z"], ["p"]), zip],
            Graphs.Value("p", Type.Float, null, 3), new ValueInfoProto { Name = "map" });
        model.Graph.Initializer.Add(Graphs.Tensor("w", [1, 0, 0, 0, 1, 0, 0, 0, 1], 3, 3));
        return model.ToByteArray();
    }

    private static ModelProto External(string location, string offset)
    {
        ModelProto model = Graphs.Same(13, 3);
        TensorProto tensor = Graphs.Tensor("w", [], 1);
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = offset });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = "4" });
        model.Graph.Initializer.Add(tensor);
        return model;
    }

    private static ModelProto Read(ModelProto model) => OnnxFile.Read(model.ToByteArray(), "model.onnx", Path.GetTempPath());
}

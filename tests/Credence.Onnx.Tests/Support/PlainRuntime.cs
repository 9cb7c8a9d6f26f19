using Credence.Onnx.Format;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Credence.Onnx.Tests.Support;

/// <summary>ONNX Runtime without anything of ours, as whoever got the file would use it.</summary>
internal static class PlainRuntime
{
    /// <summary>Runs a model of one input "x" over all rows at once.</summary>
    public static Dictionary<string, object> Run(ModelProto model, double[] rows, int width) => Run(model.ToByteArray(), rows, width);

    public static Dictionary<string, object> Run(byte[] model, double[] rows, int width)
    {
        using var session = new InferenceSession(model);
        var x = new DenseTensor<float>(rows.Select(value => (float)value).ToArray(), [rows.Length / width, width]);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("x", x)]);
        return results.ToDictionary(result => result.Name, result => result.Value switch
        {
            Tensor<float> tensor => (object)tensor.ToArray(),
            Tensor<bool> tensor => tensor.ToArray(),
            Tensor<long> tensor => tensor.ToArray(),
            Tensor<string> tensor => tensor.ToArray(),
            IEnumerable<DisposableNamedOnnxValue> maps => maps.Select(map => map.AsDictionary<string, float>()
                .ToDictionary(pair => pair.Key, pair => pair.Value)).ToArray(),
            object other => other,
        });
    }
}

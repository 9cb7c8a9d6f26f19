using Credence.Numerics;
using Microsoft.ML.OnnxRuntime;

namespace Credence.Benchmarks;

/// <summary>ONNX Runtime on one thread, its inputs and output bound to our arrays, so that only its kernel is measured.</summary>
internal sealed class OnnxRun : IDisposable
{
    private readonly InferenceSession session;
    private readonly OrtIoBinding binding;
    private readonly RunOptions runOptions = new();
    private readonly List<OrtValue> values = [];

    public OnnxRun(byte[] model, (string Name, float[] Data, long[] Shape)[] inputs, float[] output, long[] outputShape, int maxThreads = 1)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = maxThreads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        session = new InferenceSession(model, options);
        binding = session.CreateIoBinding();
        foreach ((string name, float[] data, long[] shape) in inputs)
            binding.BindInput(name, Keep(OrtValue.CreateTensorValueFromMemory(data, shape)));
        binding.BindOutput("y", Keep(OrtValue.CreateTensorValueFromMemory(output, outputShape)));
    }

    public void Run() => session.RunWithBinding(runOptions, binding);

    public void Dispose()
    {
        binding.Dispose();
        foreach (OrtValue value in values)
            value.Dispose();
        runOptions.Dispose();
        session.Dispose();
    }

    private OrtValue Keep(OrtValue value)
    {
        values.Add(value);
        return value;
    }
}

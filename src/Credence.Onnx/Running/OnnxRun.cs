using Credence.Onnx.Format;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Credence.Onnx.Running;

/// <summary>Runs a checked model over rows, in batches.</summary>
internal sealed class OnnxRun : IDisposable
{
    private const int RowsPerBatch = 64;
    private readonly InferenceSession session;
    private readonly SessionOptions settings;

    /// <summary>Loads a model that <see cref="Reading.OnnxFile"/> has checked.</summary>
    /// <param name="model">The model.</param>
    /// <param name="maxThreads">The maximum number of threads; 0 for one per core.</param>
    /// <exception cref="InvalidDataException">ONNX Runtime refuses it; the message says why.</exception>
    public OnnxRun(ModelProto model, int maxThreads)
    {
        settings = new SessionOptions
        {
            IntraOpNumThreads = maxThreads,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        try
        {
            session = new InferenceSession(model.ToByteArray(), settings);
        }
        catch (OnnxRuntimeException error)
        {
            settings.Dispose();
            throw new InvalidDataException($"ONNX Runtime can't run the model: {error.Message}", error);
        }
    }

    /// <summary>The values of some outputs over all rows.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="outputs">The outputs' names, of numbers or yes and no.</param>
    /// <param name="progress">Receives the share of the rows that are done.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="InvalidDataException">The run fails, or an output has another number of rows.</exception>
    public double[][] Run(
        InputRows inputs, IReadOnlyList<string> outputs, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        int batch = inputs.Batch ?? RowsPerBatch;
        List<double>[] all = [.. outputs.Select(_ => new List<double>())];
        for (int first = 0; first < inputs.Rows; first += batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int rows = Math.Min(batch, inputs.Rows - first), given = inputs.Batch ?? rows;
            using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = Run(inputs.Take(first, rows, given), outputs);
            for (int i = 0; i < all.Length; i++)
                Append(all[i], results.First(result => result.Name == outputs[i]), rows, given);

            progress?.Report((double)(first + rows) / inputs.Rows);
        }

        return [.. all.Select(list => list.ToArray())];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        session.Dispose();
        settings.Dispose();
    }

    private IDisposableReadOnlyCollection<DisposableNamedOnnxValue> Run(
        IReadOnlyCollection<NamedOnnxValue> inputs, IReadOnlyList<string> outputs)
    {
        try
        {
            return session.Run(inputs, [.. outputs]);
        }
        catch (OnnxRuntimeException error)
        {
            throw new InvalidDataException($"The model can't be run on these rows: {error.Message}", error);
        }
    }

    private static void Append(List<double> all, DisposableNamedOnnxValue result, int rows, int given)
    {
        (double[] values, int[] shape) = result.Value switch
        {
            Tensor<float> tensor => Numbers(tensor, value => value),
            Tensor<double> tensor => Numbers(tensor, value => value),
            Tensor<bool> tensor => Numbers(tensor, value => value ? 1 : 0),
            Tensor<long> tensor => Numbers(tensor, value => value),
            Tensor<Float16> tensor => Numbers(tensor, value => (double)(float)value),
            _ => throw new InvalidDataException($"The model's output '{result.Name}' holds no numbers, so it can hold no scores."),
        };
        if (shape.Length == 0 || shape[0] != given || values.Length % given != 0)
        {
            throw new InvalidDataException(
                $"The model's output '{result.Name}' has the shape [{string.Join(", ", shape)}] for {given} rows; scores have a "
                + "row each.");
        }

        all.AddRange(values.AsSpan(0, values.Length / given * rows));
    }

    private static (double[] Values, int[] Shape) Numbers<T>(Tensor<T> tensor, Converter<T, double> convert) =>
        ([.. tensor.Select(value => convert(value))], tensor.Dimensions.ToArray());
}

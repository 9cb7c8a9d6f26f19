namespace Credence.Onnx.Reading;

/// <summary>How a classifier's output comes from the scores it is cut at.</summary>
internal enum HeadForm
{
    /// <summary>The output is the scores.</summary>
    Same,

    /// <summary>The output is their softmax.</summary>
    Softmax,

    /// <summary>The output is the logarithm of their softmax.</summary>
    LogSoftmax,

    /// <summary>The output is the sigmoid of one score.</summary>
    Sigmoid,
}

using Credence.LogitModels;

namespace Credence.Linear;

/// <summary>A fitted model whose logits are z = Wᵀx + b, one per class.</summary>
public interface ILinearModel : ILogitModel
{
    /// <summary>W, [features, classes], row-major: a feature's weights for all classes are contiguous.</summary>
    ReadOnlySpan<float> Weights { get; }

    /// <summary>b, [classes].</summary>
    ReadOnlySpan<double> Bias { get; }
}

namespace Credence.LogitModels;

/// <summary>How logits become probabilities.</summary>
public enum LogitMeaning
{
    /// <summary>Softmax over a row: each row has exactly one class.</summary>
    Softmax,

    /// <summary>Sigmoid of each logit: a row may have several classes, or none.</summary>
    Sigmoid,
}

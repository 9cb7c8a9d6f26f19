namespace Credence.LogitModels;

/// <summary>How logits become probabilities.</summary>
public enum LogitMeaning
{
    /// <summary>By the softmax of a row: each row is of exactly one class.</summary>
    Softmax,

    /// <summary>By the sigmoid of each logit: a row may be of several classes, or of none.</summary>
    Sigmoid,
}

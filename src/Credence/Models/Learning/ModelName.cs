namespace Credence.Models.Learning;

/// <summary>A model that training can fit.</summary>
public enum ModelName
{
    /// <summary>Whichever of the others has the lowest out-of-fold log loss; within a paired standard error, the simpler.</summary>
    Auto,

    /// <summary>Softmax regression.</summary>
    Linear,

    /// <summary>Boosted trees.</summary>
    Trees,

    /// <summary>A neural network for tables.</summary>
    Network,

    /// <summary>A convolutional neural network for pictures.</summary>
    Cnn,

    /// <summary>A weighted sum of the logits of the models that are named beside it, or of softmax regression and boosted trees.</summary>
    Blend,
}

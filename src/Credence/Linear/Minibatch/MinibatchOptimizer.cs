namespace Credence.Linear.Minibatch;

/// <summary>How a step is made of a minibatch's gradient.</summary>
public enum MinibatchOptimizer
{
    /// <summary>Adam with decoupled weight decay: a step of its own for each weight.</summary>
    AdamW,

    /// <summary>Stochastic gradient descent with Nesterov's momentum.</summary>
    Sgd,
}

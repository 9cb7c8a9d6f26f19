using Credence.LogitModels;
using Credence.Networks.Layers;
using Credence.Networks.Training;

namespace Credence.Networks;

/// <summary>Makes a network that suits rows.</summary>
internal interface INetworkDesign
{
    /// <summary>The learner's name.</summary>
    string Name { get; }

    /// <summary>Why rows don't suit the network, after "left out: "; null where they do.</summary>
    /// <param name="rows">The rows.</param>
    string? Unsuited(LearnerRows rows);

    /// <summary>The network for rows that suit it.</summary>
    /// <param name="rows">The rows.</param>
    NetworkPlan Plan(LearnerRows rows);
}

/// <summary>A network with its inputs and how it is trained.</summary>
/// <param name="Network">The layers.</param>
/// <param name="Inputs">How features become inputs.</param>
/// <param name="Options">How it is trained.</param>
/// <param name="Augment">Changes a row's inputs at random in training; null for no change.</param>
internal sealed record NetworkPlan(Network Network, NetworkInputs Inputs, NetworkOptions Options, InputChange? Augment);

/// <summary>Changes a row's inputs at random.</summary>
/// <param name="inputs">[inputs], changed in place.</param>
/// <param name="noise">The random numbers.</param>
internal delegate void InputChange(Span<float> inputs, Numerics.Rng noise);

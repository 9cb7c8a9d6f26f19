using Credence.Cli.Errors;
using Credence.Models.Learning;

namespace Credence.Cli.Commands.Train;

/// <summary>The names that <c>--model</c> takes.</summary>
internal static class ModelNames
{
    private static readonly (string Name, ModelName Model)[] All =
    [
        ("auto", ModelName.Auto), ("linear", ModelName.Linear), ("softmax", ModelName.Linear), ("trees", ModelName.Trees),
        ("network", ModelName.Network), ("cnn", ModelName.Cnn), ("blend", ModelName.Blend),
    ];

    /// <summary>The models of a list of names.</summary>
    /// <exception cref="UsageException">A name is unknown, or <c>auto</c> is not alone.</exception>
    public static IReadOnlyList<ModelName> Read(string names)
    {
        ModelName[] models = [.. names.Split(',', StringSplitOptions.TrimEntries).Select(Of).Distinct()];
        return models.Length > 1 && models.Contains(ModelName.Auto)
            ? throw new UsageException($"--model is '{names}'; auto stands for all models, so it is given alone.")
            : models;
    }

    private static ModelName Of(string name)
    {
        int at = Array.FindIndex(All, known => known.Name == name);
        return at >= 0
            ? All[at].Model
            : throw new UsageException($"--model: '{name}' is not a model. Models are "
                + $"{string.Join(", ", All.Select(known => known.Name))}.");
    }
}

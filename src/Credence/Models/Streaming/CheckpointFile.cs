using System.Text.Json.Nodes;
using Credence.Linear.Minibatch;
using Credence.Persistence;

namespace Credence.Models.Streaming;

/// <summary>Saves the state of a streamed training atomically in a file: a safetensors file like a model's, with a hash over all of
/// it.</summary>
public static class CheckpointFile
{
    private const string Kind = "checkpoint", Prefix = "minibatch.";

    /// <summary>Writes a state.</summary>
    /// <param name="state">The state of the training.</param>
    /// <param name="path">The file; it is overwritten.</param>
    /// <exception cref="IOException">The file can't be written; an existing file is unchanged.</exception>
    public static void Save(MinibatchState state, string path)
    {
        var tensors = new NamedTensors();
        JsonObject description = state.Save(tensors, Prefix);
        description["kind"] = Kind;
        byte[] bytes = Safetensors.Write(description.ToJsonString(), tensors);
        WholeFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>Reads what <see cref="Save"/> wrote; null where there is no file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not a checkpoint, or was changed.</exception>
    public static MinibatchState? Load(string path)
    {
        if (!File.Exists(path))
            return null;

        try
        {
            (string text, NamedTensors tensors) = Safetensors.Read(File.ReadAllBytes(path));
            return JsonNode.Parse(text) is JsonObject description && description.TextOrNull("kind") == Kind
                ? MinibatchState.Load(description, tensors, Prefix)
                : throw new InvalidDataException("It is not a checkpoint.");
        }
        catch (Exception error) when (error is InvalidDataException or System.Text.Json.JsonException)
        {
            throw new InvalidDataException($"'{path}' can't be resumed: {error.Message} Remove it to start again.", error);
        }
    }
}

using System.Text.Json.Nodes;
using Credence.Linear.Minibatch;
using Credence.Persistence;

namespace Credence.Models.Streaming;

/// <summary>Keeps where a streamed training stands in a file, written whole or not at all: a safetensors file as a model's is, with a hash over all of it.</summary>
public static class CheckpointFile
{
    private const string Kind = "checkpoint", Prefix = "minibatch.";

    /// <summary>Writes a state.</summary>
    /// <param name="state">Where the training stands.</param>
    /// <param name="path">The file; it is overwritten.</param>
    /// <exception cref="IOException">The file can't be written; the old one is as it was.</exception>
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
    /// <exception cref="InvalidDataException">The file is no checkpoint, or not as it was written.</exception>
    public static MinibatchState? Load(string path)
    {
        if (!File.Exists(path))
            return null;

        try
        {
            (string text, NamedTensors tensors) = Safetensors.Read(File.ReadAllBytes(path));
            return JsonNode.Parse(text) is JsonObject description && description.TextOrNull("kind") == Kind
                ? MinibatchState.Load(description, tensors, Prefix)
                : throw new InvalidDataException("It is no checkpoint.");
        }
        catch (Exception error) when (error is InvalidDataException or System.Text.Json.JsonException)
        {
            throw new InvalidDataException($"'{path}' can't be gone on from: {error.Message} Remove it to begin anew.", error);
        }
    }
}

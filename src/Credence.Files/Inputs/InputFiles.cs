namespace Credence.Files.Inputs;

/// <summary>Opens the file of a path.</summary>
internal static class InputFiles
{
    /// <summary>A file, or standard input for <c>-</c>.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is a folder.</exception>
    public static InputFile Open(string path, ReadOptions options, Stream? standardInput)
    {
        if (path == "-")
        {
            return InputFile.Of(
                standardInput ?? throw new ArgumentException("'-' stands for standard input, which is not available here."),
                    "standard input", options);
        }

        return Directory.Exists(path) ? throw new InvalidDataException($"{path} is a folder; a file is needed.")
            : InputFile.At(path, options);
    }
}

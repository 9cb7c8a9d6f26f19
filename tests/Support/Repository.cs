namespace Credence.TestSupport;

/// <summary>The checkout that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>A file of the data sets, which lie beside the checkout or where CREDENCE_DATA says.</summary>
    public static string Data(params string[] parts) =>
        System.IO.Path.Combine(
            [Environment.GetEnvironmentVariable("CREDENCE_DATA") is { Length: > 0 } given ? given
            : Path("..", "shared", "data"), .. parts]);

    /// <summary>A file of reference values under tests/golden, written by a script of tools/golden.</summary>
    public static string Golden(params string[] parts) => Path(["tests", "golden", .. parts]);

    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path(folder), "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal))
            .Where(file => !file.Split(System.IO.Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "Credence.slnx")))
            folder = System.IO.Path.GetDirectoryName(folder);

        return folder ?? throw new InvalidOperationException("The tests must run inside a checkout: no Credence.slnx above them.");
    }
}

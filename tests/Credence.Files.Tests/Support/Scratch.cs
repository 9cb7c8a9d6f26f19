using System.Text;
using Credence.Data;
using Credence.Data.Columns;
using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Tests.Support;

/// <summary>A folder of a test's own, deleted with it.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("credence-");

    public string Folder => folder.FullName;

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    /// <summary>Writes a file, with the folders it is in, and gives its path.</summary>
    public string Write(string name, byte[] bytes)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file and opens it as data.</summary>
    public IRowSource Source(string name, byte[] bytes, ReadOptions? options = null, IReadOnlyList<ColumnSchema>? known = null) =>
        DataFiles.Open([Write(name, bytes)], options ?? new ReadOptions(), known);

    public IRowSource Source(string name, string text, ReadOptions? options = null, IReadOnlyList<ColumnSchema>? known = null) =>
        Source(name, Encoding.UTF8.GetBytes(text), options, known);

    /// <summary>Writes a file and reads all its rows.</summary>
    public DataChunk Rows(string name, string text, ReadOptions? options = null, IReadOnlyList<ColumnSchema>? known = null)
    {
        using IRowSource source = Source(name, text, options, known);
        return source.ReadAll();
    }

    public DataChunk Rows(string name, byte[] bytes, ReadOptions? options = null, IReadOnlyList<ColumnSchema>? known = null)
    {
        using IRowSource source = Source(name, bytes, options, known);
        return source.ReadAll();
    }

    /// <summary>The message that a file is refused with, the folder's path taken out of it.</summary>
    public string Refusal<T>(string name, byte[] bytes, ReadOptions? options = null, IReadOnlyList<ColumnSchema>? known = null)
        where T : Exception => Plain(Assert.Throws<T>(() => Rows(name, bytes, options, known)));

    public string Refusal<T>(string name, string text, ReadOptions? options = null, IReadOnlyList<ColumnSchema>? known = null)
        where T : Exception => Refusal<T>(name, Encoding.UTF8.GetBytes(text), options, known);

    /// <summary>A message with names of files as a user in the folder would see them.</summary>
    public string Plain(Exception error) => Plain(error.Message);

    public string Plain(string message) => message.Replace(folder.FullName + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    public void Dispose() => folder.Delete(recursive: true);
}

using Credence.Files.Arrays;

namespace Credence.Files.Tests.Arrays;

/// <summary>Archives with an array for each part of the rows.</summary>
public class ArrayPartsTests
{
    [Fact]
    public void Keras_AndMedMnist_AreJoined()
    {
        IReadOnlyList<ArrayValues>? keras = ArrayParts.Joined(
            [Of("x_train", 2, 2, 1, 2, 3, 4), Of("y_train", 2, 1, 0, 1), Of("x_test", 1, 2, 5, 6), Of("y_test", 1, 1, 1)], "k.npz");
        Assert.Equal(["x", "y", "split"], keras!.Select(array => array.Name));
        Assert.Equal([1.0, 2, 3, 4, 5, 6], keras![0].Doubles());
        Assert.Equal([3, 2], keras[0].Shape);
        Assert.Equal(["0", "1", "1"], keras[1].Texts());
        Assert.Equal(["train", "train", "test"], keras[2].Texts());

        IReadOnlyList<ArrayValues>? med = ArrayParts.Joined(
            [Of("train_images", 1, 1, 1), Of("val_images", 1, 1, 2), Of("test_images", 1, 1, 3), Of("train_labels", 1, 1, 7),
                Of("val_labels", 1, 1, 8), Of("test_labels", 1, 1, 9)], "m.npz");
        Assert.Equal(["images", "labels", "split"], med!.Select(array => array.Name));
        Assert.Equal(["train", "valid", "test"], med![2].Texts());
        Assert.Equal([7.0, 8, 9], med[1].Doubles());
    }

    [Fact]
    public void OtherNames_AreLeftAsTheyAre()
    {
        Assert.Null(ArrayParts.Joined([Of("x", 1, 1, 1), Of("y", 1, 1, 1)], "o.npz"));
        Assert.Null(ArrayParts.Joined([Of("x_train", 1, 1, 1), Of("y_train", 1, 1, 1), Of("weights", 1, 1, 1)], "o.npz"));
        Assert.Null(ArrayParts.Joined([Of("x_test", 1, 1, 1), Of("y_test", 1, 1, 1)], "o.npz"));
    }

    [Fact]
    public void PartsThatDontFit_AreRefused()
    {
        var error = Assert.Throws<InvalidDataException>(() => ArrayParts.Joined(
            [Of("x_train", 2, 1, 1, 2), Of("y_train", 1, 1, 0)], "k.npz"));
        Assert.Equal("k.npz: array 'x_train' has 2 rows, array 'y_train' 1; they must be as many.", error.Message);

        error = Assert.Throws<InvalidDataException>(() => ArrayParts.Joined(
            [Of("x_train", 1, 2, 1, 2), Of("y_train", 1, 1, 0), Of("x_test", 1, 1, 1), Of("y_test", 1, 1, 0)], "k.npz"));
        Assert.Contains("array 'x_test' of shape [1, 1] is not of the shape and type of array 'x_train' of [1, 2]", error.Message,
            StringComparison.Ordinal);
    }

    private static ArrayValues Of(string name, int rows, int width, params long[] values) => new(name, [rows, width], values);
}

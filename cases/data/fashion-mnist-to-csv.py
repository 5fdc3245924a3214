#!/usr/bin/env python3
"""Writes the first training images of Fashion-MNIST as CSV, averaged down to fewer pixels.

Every value is the mean of a block of (28 / side)^2 grey levels, written as an exact decimal.
"""
import argparse
import gzip
import struct

SIDE = 28  # of an image in the data set


def idx(path, magic, fields):
    """The header's fields and the bytes behind it."""
    with gzip.open(path) as file:
        found, *header = struct.unpack(f">{1 + fields}I", file.read(4 * (1 + fields)))
        if found != magic:
            raise SystemExit(f"{path}: magic number {found}, expected {magic}")
        return header, file.read()


def exact(total, block):
    """total / block² as a decimal; block is 1, 2 or 4, so it ends."""
    whole, rest = divmod(total * (10**4 // block**2), 10**4)
    return f"{whole}.{rest:04}".rstrip("0").rstrip(".")


def pixels(image, side):
    block = SIDE // side
    for row in range(0, SIDE, block):
        for column in range(0, SIDE, block):
            yield exact(
                sum(
                    sum(image[SIDE * (row + k) + column :][:block])
                    for k in range(block)
                ),
                block,
            )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", type=int, choices=(7, 14, 28), default=7)
    parser.add_argument("--rows", type=int, default=1400)
    parser.add_argument("--data", default="/usr/share/datasets/fashion-mnist")
    options = parser.parse_args()
    (count, height, width), images = idx(
        f"{options.data}/train-images-idx3-ubyte.gz", 2051, 3
    )
    (labels_count,), labels = idx(f"{options.data}/train-labels-idx1-ubyte.gz", 2049, 1)
    if (height, width) != (SIDE, SIDE) or labels_count != count or options.rows > count:
        raise SystemExit("the data set has other sizes than expected")
    places = range(1, options.side + 1)
    print(",".join(f"r{r}c{c}" for r in places for c in places) + ",label")
    for k in range(options.rows):
        image = images[k * SIDE * SIDE : (k + 1) * SIDE * SIDE]
        print(",".join(pixels(image, options.side)) + f",{labels[k]}")


if __name__ == "__main__":
    main()

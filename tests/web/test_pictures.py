"""Pictures are drawn anew: what was hidden in the file is gone, what is none is refused."""

import hashlib
from io import BytesIO

import pytest
from PIL import Image

from fondaco.kernel.decisions import Refused
from fondaco.web.picture_fields import PICTURE_FAULTS
from fondaco.web.pictures import MOST_BYTES, MOST_PIXELS, Fault, fault_before_reading, redrawn
from tests.factories.pictures import SCRIPT, SVG, WHERE, encoded, png_bomb, webp_bomb, with_exif


def opened(drawn):
    return Image.open(BytesIO(drawn.content))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_becomes_a_webp_of_at_most_512_pixels_and_keeps_its_transparency(kind):
    drawn = redrawn(encoded(kind, lossless=True) if kind == "WEBP" else encoded(kind))

    picture = opened(drawn)
    assert (picture.format, picture.mode) == ("WEBP", "RGBA")
    assert picture.size == (drawn.width, drawn.height) == (512, 171)
    assert picture.getpixel((5, 5))[3] == 128
    assert drawn.sha256 == hashlib.sha256(drawn.content).hexdigest()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGB"])
def test_every_way_of_writing_colours_is_read(mode):
    made = BytesIO()
    Image.new(mode, (20, 30)).save(made, "PNG")

    drawn = redrawn(made.getvalue())

    assert opened(drawn).size == (20, 30)


def test_print_colours_are_read():
    made = BytesIO()
    Image.new("CMYK", (20, 30)).save(made, "JPEG")

    assert opened(redrawn(made.getvalue())).mode == "RGB"


def test_a_small_picture_is_not_blown_up_and_a_mark_may_ask_for_less():
    small = redrawn(encoded(size=(40, 20)))

    assert small.width == 40
    assert opened(small).getpixel((5, 5)) == (10, 90, 140, 128)
    assert redrawn(encoded(), longest=256).width == 256


def test_drawing_the_result_again_gives_the_same_bytes():
    noise = BytesIO()
    Image.effect_noise((300, 200), 80).convert("RGB").save(noise, "JPEG")

    for content in (noise.getvalue(), encoded()):
        once = redrawn(content)
        assert redrawn(once.content) == once


def test_a_script_behind_the_picture_is_gone():
    polyglot = encoded() + SCRIPT

    drawn = redrawn(polyglot)

    assert SCRIPT in polyglot
    assert SCRIPT not in drawn.content
    assert drawn == redrawn(encoded())


def test_what_a_photograph_says_of_itself_is_gone_and_it_stands_upright():
    content = with_exif()

    picture = opened(redrawn(content))

    assert WHERE.encode() in content
    assert SCRIPT in content
    assert WHERE.encode() not in redrawn(content).content
    assert SCRIPT not in redrawn(content).content
    assert picture.getexif() == {}
    assert set(picture.info) <= {"loop", "background", "timestamp", "duration"}
    assert picture.size == (200, 400)


REFUSED = {
    "empty": (b"", Fault.EMPTY),
    "too large": (encoded() + b"\0" * MOST_BYTES, Fault.TOO_LARGE),
    "svg": (SVG, Fault.DRAWING),
    "svg after a mark and blanks": (b"\xef\xbb\xbf \n<SVG/>", Fault.DRAWING),
    "a page": (b"<!doctype html><p>hello", Fault.UNKNOWN),
    "pdf": (b"%PDF-1.7", Fault.UNKNOWN),
    "gif": (b"GIF89a" + b"\0" * 40, Fault.UNKNOWN),
    "riff that is sound": (b"RIFF\0\0\0\0WAVEfmt ", Fault.UNKNOWN),
    "beginning of a jpeg": (b"\xff\xd8\xff" + SCRIPT, Fault.BROKEN),
    "half a picture": (encoded("PNG", size=(90, 90))[:-30], Fault.BROKEN),
    "half a photograph": (encoded("JPEG", colour=(1, 2, 3))[:-2], Fault.BROKEN),
    "half a webp": (encoded("WEBP")[:-2], Fault.BROKEN),
    "nothing but an end": (b"\x89PNG\r\n\x1a\nIEND", Fault.BROKEN),
    "bomb": (png_bomb(50_000, 50_000), Fault.TOO_MANY_PIXELS),
    "small bomb": (png_bomb(4500, 4500), Fault.TOO_MANY_PIXELS),
    "webp bomb": (webp_bomb(), Fault.TOO_MANY_PIXELS),
    "webp without a head": (webp_bomb()[:22], Fault.BROKEN),
}


@pytest.mark.parametrize(("content", "fault"), REFUSED.values(), ids=REFUSED)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_what_is_no_picture_we_take_is_refused_with_the_reason(content, fault):
    with pytest.raises(Refused) as refused:
        redrawn(content)

    assert refused.value.reasons == (fault,)


@pytest.mark.parametrize("content", [png_bomb(4500, 4500), png_bomb(50_000, 50_000)])
def test_a_bomb_is_refused_whatever_python_does_with_warnings(content):
    with pytest.raises(Refused) as refused:
        redrawn(content)

    assert refused.value.reasons == (Fault.TOO_MANY_PIXELS,)


def test_the_limits_themselves_are_allowed():
    side = int(MOST_PIXELS**0.5)

    assert redrawn(encoded("PNG", size=(side, side), colour=(1, 2, 3))).width == 512
    assert fault_before_reading(b"\x89PNG\r\n\x1a\nIEND".ljust(MOST_BYTES, b"\0")) is None


def test_every_fault_has_its_words():
    assert set(PICTURE_FAULTS) == set(Fault)

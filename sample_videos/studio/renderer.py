"""Pictures of meshes, in software: OpenGL without a screen (EGL), which Mesa's llvmpipe draws the same each time."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

import numpy as np
from numpy.typing import NDArray

from sample_videos.studio.camera import FAR_M, NEAR_M, Camera, Point
from sample_videos.studio.errors import StudioError
from sample_videos.studio.mesh import Faces, Mesh
from sample_videos.studio.shaders import DEPTH_FRAGMENT, DEPTH_VERTEX, FRAGMENT, SOFT, VERTEX

if TYPE_CHECKING:
    import moderngl

Floats = NDArray[np.float64]
Image = NDArray[np.uint8]

# Four samples a pixel, shaded once.  At 640x480 it is 0.7 grey levels off (root mean square, from sixteen samples, each
# shaded).  Four samples each shaded: 0.8 off, at least 1.5 times as long.
SAMPLES: Final = 4
SHADOW_MAP_PX: Final = 2048
LAMP_LENS_MM: Final = 22.5  # the lamp sees 77 degrees: all that happens about the person
LAMP_NEAR_M, LAMP_FAR_M = 0.5, 8.0
LAMP_AT_HEIGHT_M: Final = 0.4  # where the lamp looks: between a lying and a standing person's middle
BACKGROUND: Final = (0.6, 0.65, 0.7)
TEXELS: Final = 2  # of the shadow map, to be on the safe side
EVERYWHERE: Final = (0.0, 0.0, 0.0, 0.0)
CLIP_PLANES: Final = tuple(0x3000 + i for i in range(4))  # GL_CLIP_DISTANCE0 and so on
# Steps of the depth buffer, 0.4 mm at 3 m: a surface that is drawn again, cut elsewhere, differs by less from itself.
NEARER: Final = (0.0, -64.0)


@dataclass(slots=True, eq=False)
class _Drawn:
    """A mesh in OpenGL's memory."""

    mesh: Mesh
    buffer: "moderngl.Buffer"
    lit: "moderngl.VertexArray"
    bare: "moderngl.VertexArray"


Edges = tuple[float, float, float, float]  # left, lower, right, upper; shares of the shadow map


@dataclass(frozen=True, slots=True)
class _Light:
    """A camera and a lamp, and how the lamp sees the scene."""

    camera: Camera
    lamp: Point

    @property
    def to_lamp(self) -> Floats:
        """(4, 4) to the shadow map's clip space."""
        return _lamp_camera(self.camera, self.lamp).matrix(LAMP_NEAR_M, LAMP_FAR_M)


class Shown:
    """Meshes that a renderer shows while `visible`."""

    def __init__(self, drawn: Sequence[_Drawn]) -> None:
        self._drawn = drawn
        self.visible = True
        self.moves = False  # what never did is kept from picture to picture

    def update(self, meshes: Sequence[Mesh]) -> None:
        """Other vertices and normals of the same meshes, in the same order."""
        for drawn, mesh in zip(self._drawn, meshes, strict=True):
            if mesh.vertices.shape != drawn.mesh.vertices.shape:
                raise ValueError("a mesh that is shown keeps its number of vertices")
            drawn.mesh = mesh
            drawn.buffer.write(_interleaved(mesh))
        self.moves = True

    def drawn(self) -> Sequence[_Drawn]:
        """What is to be drawn now."""
        return self._drawn if self.visible else ()


class Renderer:
    """Renders pictures of one size (width, height).  Use it with `with`, or `close` it.

    Raises StudioError when OpenGL is not there.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        self._context = context = open_context()
        self._lit = context.program(VERTEX, FRAGMENT)
        self._bare = context.program(DEPTH_VERTEX, DEPTH_FRAGMENT)
        self._shadows = context.depth_texture((SHADOW_MAP_PX, SHADOW_MAP_PX))
        self._shadows.compare_func = "<="
        self._shadows.filter = context.NEAREST, context.NEAREST  # the shader's many lookups are smooth enough
        self._shadow_map = context.framebuffer(depth_attachment=self._shadows)
        self._sampled, self._kept = (
            context.framebuffer(
                [context.renderbuffer(size, samples=SAMPLES)],
                context.depth_renderbuffer(size, samples=SAMPLES),
            )
            for _ in range(2)
        )
        self._kept_of: object = None  # what the kept picture shows
        self._picture = context.framebuffer([context.renderbuffer(size)])
        self._depth = context.depth_texture(size)
        self._depth_map = context.framebuffer(depth_attachment=self._depth)
        self._shown: list[Shown] = []
        self._camera: Camera | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the memory back."""
        self._context.release()

    def show(self, *meshes: Mesh) -> Shown:
        """Show meshes from now on."""
        shown = Shown([self._drawn(mesh) for mesh in meshes])
        self._shown.append(shown)
        return shown

    def render(self, camera: Camera, lamp: Point) -> Image:
        """The picture (height, width, 3) uint8 RGB that `camera`, of this renderer's size, takes by this lamp."""
        if camera.size != self.size:
            raise ValueError(f"the camera takes pictures of {camera.size} pixels, the renderer {self.size}")
        self._camera = camera
        self._context.enable(self._context.DEPTH_TEST)
        light = _Light(camera, lamp)
        still, moving = self._all(moves=False), self._all(moves=True)
        self._keep(light, still)
        self._context.copy_framebuffer(self._sampled, self._kept)
        if moving:
            self._draw_shadows(light, [*moving, *still])
            self._draw_lit(self._sampled, light, moving)
            self._draw_again(light, still, _shaded(light.to_lamp, moving))
        return self._read()

    def depth(self) -> NDArray[np.float32]:
        """(height, width) metres along the viewing axis to what the last picture shows; inf where nothing is.

        Taken at the pixels' middles.  Raises ValueError before the first picture.
        """
        if self._camera is None:
            raise ValueError("there is no picture yet to tell the depth of")
        self._draw_depth(self._depth_map, self._camera.matrix(), self._all())
        read = np.frombuffer(self._depth.read(), np.float32).reshape(self.size[::-1])[::-1]
        away = NEAR_M * FAR_M / (FAR_M - read * np.float32(FAR_M - NEAR_M))
        return np.where(read < 1, away, np.float32(np.inf))

    def _keep(self, light: _Light, still: Sequence[_Drawn]) -> None:
        """Have the picture of what does not move, unless it is there from before."""
        shows = (light.camera, light.lamp, [id(drawn) for drawn in still])
        if shows == self._kept_of:
            return
        self._draw_shadows(light, still)
        self._kept.use()
        self._kept.clear(*BACKGROUND)
        self._draw_lit(self._kept, light, still)
        self._kept_of = shows

    def _draw_shadows(self, light: _Light, drawn: Sequence[_Drawn]) -> None:
        self._draw_depth(self._shadow_map, light.to_lamp, [each for each in drawn if each.mesh.casts])

    def _draw_depth(self, target: "moderngl.Framebuffer", to_clip: Floats, drawn: Sequence[_Drawn]) -> None:
        target.use()
        target.clear()
        _set(self._bare, "to_clip", to_clip)
        for each in drawn:
            self._render(each.mesh, each.bare)

    def _draw_lit(self, target: "moderngl.Framebuffer", light: _Light, drawn: Sequence[_Drawn]) -> None:
        target.use()
        self._shadows.use(0)
        _set(self._lit, "to_clip", light.camera.matrix())
        _set(self._lit, "to_lamp", light.to_lamp)
        self._lit["lamp"] = light.lamp
        self._lit["eye"] = light.camera.eye
        for each in drawn:
            self._lit["gloss"] = each.mesh.gloss
            self._lit["grain"] = each.mesh.grain
            self._render(each.mesh, each.lit)

    def _render(self, mesh: Mesh, corners: "moderngl.VertexArray") -> None:
        """Draw; of a closed surface only what faces here: small triangles cost as much whether or not they are seen."""
        switch = self._context.enable if mesh.closed else self._context.disable
        switch(self._context.CULL_FACE)
        corners.render()

    def _draw_again(self, light: _Light, drawn: Sequence[_Drawn], within: Edges) -> None:
        """Draw over what is there already, within a part of the shadow map: where new shadows can fall."""
        self._lit["within"] = within
        for plane in CLIP_PLANES:
            self._context.enable_direct(plane)
        self._context.polygon_offset = NEARER
        self._draw_lit(self._sampled, light, drawn)
        self._context.polygon_offset = 0.0, 0.0
        for plane in CLIP_PLANES:
            self._context.disable_direct(plane)
        self._lit["within"] = EVERYWHERE  # llvmpipe heeds the distances even when the planes are off

    def _read(self) -> Image:
        self._context.copy_framebuffer(self._picture, self._sampled)
        width, height = self.size
        read = np.frombuffer(self._picture.read(components=3, alignment=1), np.uint8)
        return np.ascontiguousarray(read.reshape(height, width, 3)[::-1])

    def _all(self, moves: bool | None = None) -> list[_Drawn]:
        """The latest first: people hide the room, and what is hidden is not worked out."""
        shown = [shown for shown in reversed(self._shown) if moves is None or shown.moves == moves]
        return [drawn for each in shown for drawn in each.drawn()]

    def _drawn(self, mesh: Mesh) -> _Drawn:
        context = self._context
        buffer = context.buffer(_interleaved(mesh), dynamic=True)
        colours = context.buffer(mesh.colours.astype(np.float32).tobytes())
        corners = context.buffer(_triangles(mesh.faces).astype(np.int32).tobytes())
        points = (buffer, "3f 3f", "position", "normal")
        lit = context.vertex_array(self._lit, [points, (colours, "3f", "colour")], corners)
        bare = context.vertex_array(self._bare, [(buffer, "3f 12x", "position")], corners)
        return _Drawn(mesh, buffer, lit, bare)


def open_context() -> "moderngl.Context":
    """An OpenGL context without a screen.  Raises StudioError with what to install."""
    try:
        import moderngl
    except ImportError as error:
        raise StudioError(
            "The studio needs moderngl; install it with: pip install 'form-coach[studio]'"
        ) from error
    try:
        return moderngl.create_context(require=330, standalone=True, backend="egl")  # type: ignore[arg-type]
    except Exception as error:  # moderngl raises no narrower one
        raise StudioError(
            f"OpenGL without a screen could not be opened ({error}); on Debian or Ubuntu install it with: "
            "apt-get install libegl1 libegl-mesa0 libgl1-mesa-dri"
        ) from error


def _lamp_camera(camera: Camera, lamp: Point) -> Camera:
    x, y, _ = camera.target
    return Camera(lamp, (x, y, LAMP_AT_HEIGHT_M), (SHADOW_MAP_PX, SHADOW_MAP_PX), LAMP_LENS_MM)


def _shaded(to_lamp: Floats, drawn: Sequence[_Drawn]) -> Edges:
    """The part of the shadow map where these meshes' shadows are; all of it if some are not before the lamp."""
    points = np.concatenate([np.empty((0, 3)), *(each.mesh.vertices for each in drawn if each.mesh.casts)])
    across, up, away = to_lamp[[0, 1, 3], :3] @ points.T + to_lamp[[0, 1, 3], 3:]
    if not len(points) or away.min() < LAMP_NEAR_M:
        return 0.0, 0.0, 1.0, 1.0
    x, y = 0.5 * across / away + 0.5, 0.5 * up / away + 0.5
    margin = SOFT + TEXELS / SHADOW_MAP_PX
    return (
        float(x.min()) - margin,
        float(y.min()) - margin,
        float(x.max()) + margin,
        float(y.max()) + margin,
    )


def _interleaved(mesh: Mesh) -> bytes:
    return np.hstack([mesh.vertices, mesh.normals]).astype(np.float32).tobytes()


def _triangles(faces: Faces) -> Faces:
    return np.concatenate([faces[:, [0, 1, 2]], faces[:, [0, 2, 3]]])


def _set(program: "moderngl.Program", name: str, matrix: Floats) -> None:
    """OpenGL wants its matrices column by column."""
    program[name].write(matrix.T.astype(np.float32).tobytes())  # type: ignore[union-attr]

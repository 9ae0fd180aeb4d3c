import type { Random } from './random'

const SURNAMES = [
  ...'王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙史陶贺顾毛郝龚邵万覃武钱戴单仇解翟',
  '欧阳',
  '司马',
  '诸葛',
]
const GIVEN = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红建国春梅秀珍海燕文辉志鹏婷宇欣怡浩然子涵梓轩思雨佳琪俊凯晨曦雪莉萍斌峰琳云飞翔',
]

/** A made-up name of two to four characters. */
export function aName(random: Random): string {
  const given = random.next() < 0.2 ? random.pick(GIVEN) : random.pick(GIVEN) + random.pick(GIVEN)
  return random.pick(SURNAMES) + given
}

/** A mobile number of a range that demonstrations use; never dialled. */
export function aPhone(random: Random): string {
  return random.pick(['138', '139', '150', '159', '186', '188']) + String(random.int(100_000_000)).padStart(8, '0')
}
